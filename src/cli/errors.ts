import { errorsDocument } from '../http/errors-document.ts';
import type { CliCommand } from './command.ts';

/** `sandai errors`: prints docs/errors.md. */
export const errorsCommand: CliCommand = (program, { out }) => {
  program
    .command('errors')
    .description('print all error codes of the façade, in Markdown')
    .action(() => out(errorsDocument().trimEnd()));
};
