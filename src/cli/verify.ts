import { projections } from '../../projections.config.ts';
import type { Projection } from '../ports/projection.ts';
import { momentText, resolveMoment } from '../replay/moment.ts';
import { type Violation, verifyLog } from '../replay/verify-log.ts';
import { verifyReadModel } from '../replay/verify-read-model.ts';
import { type CliCommand, UserError } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { jsonOption, parseProjection, rateOption, replayReport } from './replay.ts';
import { withReplay } from './with-replay.ts';

type Options = { readonly projection?: readonly Projection[]; readonly maxRate?: number; readonly json?: boolean };
const shownRows = 5;

/** `sandai verify`. */
export const verifyCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('verify')
    .description('check the guarantees over the whole log, and that every projection equals a rebuild')
    .option('--projection <name...>', 'compare only these projections', (name, known: readonly Projection[] = []) => [
      ...known,
      parseProjection(name),
    ])
    .addOption(rateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Looks at every event: positions and versions without gaps, times that never decrease, streams in their partitions, data that fits its schema. Then
builds every projection beside the live one, up to where that stands, and compares the rows. Live tables are only read. Exit code 1 when something is wrong.

Example:
  npx sandai verify --projection leaderboards wallets`,
    )
    .action(async (options: Options) => {
      const maxRate = options.maxRate === undefined ? {} : { maxEventsPerSecond: options.maxRate };
      await withReplay(settings(), note, async (context) => {
        const { log, database, signal } = context;
        const moment = await resolveMoment(database, log.info, 'now');
        const progress = replayReport(note);
        const report = await verifyLog({
          log,
          database,
          upTo: moment.position,
          maxViolations: 100,
          onProgress: progress.onProgress,
          signal,
        }).finally(progress.end);
        const violations: Violation[] = [...report.violations];
        const unknown = [...report.unknownTypes].map(([type, events]) => ({ type, events }));
        if (!options.json) {
          out(`${report.events} events in ${report.streams} streams up to ${momentText(moment)}`);
          for (const { type, events } of unknown)
            out(`  ${events} of type ${type}, which this build does not know: kept, passed over`);
          for (const { guarantee, place, problem } of violations) out(`  ${guarantee} broken at ${place}: ${problem}`);
        }
        const compared = [];
        for (const projection of options.projection ?? projections) {
          const shown = replayReport(() => undefined);
          const work = {
            projection,
            signal,
            onProgress: shown.onProgress,
            onUnreadable: shown.onUnreadable,
            ...maxRate,
          };
          const { tables, left } = await verifyReadModel(context, work, shownRows).finally(shown.end);
          compared.push({ projection: projection.name, equal: tables.length === 0 && left === null, left, tables });
          for (const { table, added, removed, changed } of tables)
            violations.push({
              guarantee: 'G7',
              place: `${projection.name}, table ${table}`,
              problem: `${added} rows are missing, ${removed} too many, ${changed} different`,
            });
          if (options.json) continue;
          out(
            `${projection.name}: ${left ?? (tables.length === 0 ? 'equals a rebuild' : 'DIFFERS from a rebuild (before = live, after = rebuilt)')}`,
          );
          for (const table of tables) for (const line of differenceLines(table)) out(`  ${line}`);
        }
        if (options.json)
          out(
            JSON.stringify(
              {
                as_of: momentText(moment),
                events: report.events,
                streams: report.streams,
                unknown,
                violations,
                projections: compared,
              },
              null,
              2,
            ),
          );
        if (violations.length > 0) throw new UserError(`${violations.length} violations found.`);
        if (!options.json) out('No violation found.');
      });
    });
};
