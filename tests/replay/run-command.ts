import { Command } from 'commander';
import type { CliCommand } from '../../src/cli/command.ts';
import { eventsCommand } from '../../src/cli/events.ts';
import { projectionsCommand } from '../../src/cli/projections.ts';
import { queryCommand } from '../../src/cli/query.ts';
import { replayCommand } from '../../src/cli/replay.ts';
import { streamCommand } from '../../src/cli/stream.ts';
import { verifyCommand } from '../../src/cli/verify.ts';
import { loadSettings } from '../../src/config/settings.ts';
import type { ReplayUnderTest } from './support.ts';

const all: readonly CliCommand[] = [
  replayCommand,
  streamCommand,
  eventsCommand,
  queryCommand,
  verifyCommand,
  projectionsCommand,
];

/** Runs a command of an analyst on a log, in this process.
 *  @returns what it printed; `failed` is what it said when it failed, else null */
export async function runCommand(here: ReplayUnderTest, args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const flags = new Map([
    ['database.url', here.url],
    ['database.migrationUrl', here.ownerUrl],
  ]);
  const loaded = loadSettings({ flags, env: {}, cwd: here.directory });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const program = new Command('sandai').exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const context = {
    settings: () => loaded.settings,
    out: (line: string) => lines.push(line),
    note: (line: string) => notes.push(line),
  };
  for (const add of all) add(program, context);
  for (const command of program.commands) command.exitOverride();
  const failed = await program.parseAsync(args, { from: 'user' }).then(
    () => null,
    (error: Error) => error.message,
  );
  return { lines, notes, failed };
}
