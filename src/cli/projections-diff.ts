import { type Command, InvalidArgumentError } from 'commander';
import type { Projection } from '../ports/projection.ts';
import { diffReadModel } from '../replay/diff.ts';
import { momentText } from '../replay/moment.ts';
import type { CliContext } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { jsonOption, parseProjection, rateOption, replayReport, tenantOption } from './replay.ts';
import { withReplay } from './with-replay.ts';

type Options = {
  readonly asOf: readonly string[];
  readonly tenant?: string;
  readonly limit: number;
  readonly maxRate?: number;
  readonly json?: boolean;
};

/** `sandai projections diff <name> --as-of A --as-of B`. */
export function diffCommand(projections: Command, { settings, out, note }: CliContext): void {
  projections
    .command('diff')
    .description('show what changed in a projection between two moments')
    .argument('<name>', 'the projection', parseProjection)
    .requiredOption(
      '--as-of <moment>',
      'give it twice: a time, a position, or now',
      (moment: string, known: readonly string[] = []) => [...known, moment],
    )
    .addOption(tenantOption())
    .option('--limit <rows>', 'rows of each table that are shown', (text) => Number.parseInt(text, 10), 20)
    .addOption(rateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Example:
  npx sandai projections diff leaderboards --as-of 2026-05-01T00:00:00Z --as-of now`,
    )
    .action(async (projection: Projection, options: Options) => {
      const [before, after, ...more] = options.asOf;
      if (before === undefined || after === undefined || more.length > 0)
        throw new InvalidArgumentError('Give --as-of twice: from when, and until when.');
      const report = replayReport(note);
      await withReplay(settings(), note, async (context) => {
        const work = {
          projection,
          signal: context.signal,
          onProgress: report.onProgress,
          onUnreadable: report.onUnreadable,
          ...(options.tenant !== undefined && { tenant: options.tenant }),
          ...(options.maxRate !== undefined && { maxEventsPerSecond: options.maxRate }),
        };
        const diff = await diffReadModel(context, work, { before, after }, options.limit);
        report.end();
        const [from, to] = [momentText(diff.before), momentText(diff.after)];
        if (options.json) return out(JSON.stringify({ from, to, tables: diff.tables }, null, 2));
        out(`${projection.name} from ${from} to ${to}`);
        for (const table of diff.tables) for (const line of differenceLines(table)) out(line);
      }).finally(report.end);
    });
}
