import type { Command } from 'commander';
import type { Settings } from '../config/settings.ts';

/** What every command gets. */
export type CliContext = {
  /** The settings from flags, environment and file; ends the command with every problem when they are not valid. */
  settings: () => Settings;
  out: (line: string) => void;
  /** Notes and warnings, on the error stream, so that a command's output stays usable in pipes. */
  note: (line: string) => void;
};

/** Adds one command, with its arguments and its action, to the program. */
export type CliCommand = (program: Command, context: CliContext) => void;

/** An error that the user can solve: its lines are printed, without a stack, and the command ends with exit code 1. */
export class UserError extends Error {
  readonly lines: readonly string[];
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'UserError';
    this.lines = lines;
  }
}
