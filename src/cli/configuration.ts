import { configurationDocument } from '../config/document.ts';
import type { CliCommand } from './command.ts';

/** `sandai configuration`: prints docs/configuration.md. */
export const configuration: CliCommand = (program, { out }) => {
  program
    .command('configuration')
    .description('list every setting, with its flag, environment variable and default')
    .action(() => out(configurationDocument().trimEnd()));
};
