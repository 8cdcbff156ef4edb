import { Command, CommanderError } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { loadSettings, takeSettingFlags } from '../config/settings.ts';
import { keyGuide } from '../security/key-material.ts';
import { type CliContext, UserError } from './command.ts';
import { commands } from './commands.ts';
import { addExamples } from './examples.ts';

const keyVariables = Object.values(keyGuide).flatMap(({ env }) => [env, `${env}_FILE`]);

const fileProblems: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there; check the permissions, or choose another directory with --data-dir.',
  EPERM: 'this user may not write there; check the permissions, or choose another directory with --data-dir.',
  EROFS: 'the file system is read-only; choose another directory with --data-dir.',
  ENOSPC: 'the disk is full; make room and start again.',
};

/** Lines for an error: its message for everything that was foreseen, the stack only for a bug of ours. */
function linesOf(error: unknown): string[] {
  if (error instanceof UserError) return [...error.lines];
  if (!(error instanceof Error)) return [String(error)];
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (path !== undefined && fileProblems[code]) return [`${path}: ${fileProblems[code]}`];
  const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return (isBug ? (error.stack ?? error.message) : error.message).split('\n');
}

/** Runs the command that the arguments name.
 *  @returns the exit code */
export async function runCli(args: readonly string[]): Promise<number> {
  const { flags, rest } = takeSettingFlags(args);
  const context: CliContext = {
    settings: () => {
      const loaded = loadSettings({ flags, env: process.env, cwd: process.cwd(), otherVariables: keyVariables });
      if (!loaded.ok) throw new UserError(...loaded.problems);
      return loaded.settings;
    },
    out: (line) => console.log(line),
    note: (line) => console.error(line),
  };
  const program = new Command('sandai')
    .description('Event-sourced backend for multiplayer games')
    .version(packageFile.version)
    .addHelpText('after', '\nEvery setting is a flag too, as in --http.port=9000: see `sandai configuration`.')
    .exitOverride();
  for (const add of commands) add(program, context);
  addExamples(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(rest, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // commander has printed its own line, or the help that was asked for
    if (error instanceof CommanderError) return error.exitCode;
    for (const line of linesOf(error)) console.error(`sandai: ${line}`);
    return 1;
  }
}
