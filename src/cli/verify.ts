import { join } from 'node:path';
import { projections } from '../../projections.config.ts';
import type { Projection } from '../ports/projection.ts';
import type { TableDifference } from '../replay/compare.ts';
import { momentText, resolveMoment } from '../replay/moment.ts';
import { nothingVerified, type Violation, verifyLog } from '../replay/verify-log.ts';
import { type KeptProgress, keepProgress, type VerifyProgress } from '../replay/verify-progress.ts';
import { verifyReadModel } from '../replay/verify-read-model.ts';
import { type CliCommand, UserError } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { jsonOption, parseProjection, rateOption, replayReport } from './replay.ts';
import { type ReplayTools, withReplay } from './with-replay.ts';

type Options = {
  readonly projection?: readonly Projection[];
  readonly maxRate?: number;
  readonly anew?: boolean;
  readonly json?: boolean;
};
/** @property tables what differs; @property left why it was not compared */
type Compared = {
  readonly projection: string;
  readonly equal: boolean;
  readonly left: string | null;
  readonly tables: readonly TableDifference[];
};
const shownRows = 5;
const maxViolations = 100;

/** `sandai verify`. */
export const verifyCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('verify')
    .description('check the guarantees over the whole log, and that every projection equals a rebuild')
    .option('--projection <name...>', 'compare only these projections', (name, known: readonly Projection[] = []) => [
      ...known,
      parseProjection(name),
    ])
    .option('--anew', 'begin from the start, even if an earlier verification was interrupted')
    .addOption(rateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Looks at every event: positions and versions without gaps, times that never decrease, streams in their partitions, data that fits its schema. Then
builds every projection beside the live one, up to where that stands, and compares the rows. Live tables are only read. Exit code 1 when something is wrong.

Example:
  npx sandai verify --projection leaderboards wallets

Interrupted by Ctrl-C or killed, the same command goes on where it was: with the log as of the moment when it began (verify.json in the data directory).`,
    )
    .action(async (options: Options) => {
      const { dataDir } = settings();
      const say = options.json ? () => undefined : out;
      await withReplay(settings(), note, async (context) => {
        const kept = await begin(context, join(dataDir, 'verify.json'), options.anew === true);
        const { progress } = kept;
        if (kept.resumed)
          note(
            `Goes on with the verification as of ${momentText(progress.moment)}, which was interrupted; --anew begins again.`,
          );
        try {
          await lookAtLog(context, kept, note);
          sayLog(progress, say);
          const compared: Compared[] = [];
          for (const projection of options.projection ?? projections) {
            const result = await compare(context, kept, projection, options.maxRate);
            compared.push(result);
            sayCompared(result, say);
          }
          kept.remove();
          conclude(progress, compared, options.json === true ? out : undefined);
          say('No violation found.');
        } catch (error) {
          if (context.signal.aborted) {
            kept.flush();
            note('What was looked at is kept: the same command goes on from here.');
          }
          throw error;
        }
      });
    });
};

function begin({ log, database }: ReplayTools, file: string, anew: boolean): Promise<KeptProgress> {
  const start = async (): Promise<VerifyProgress> => ({
    moment: await resolveMoment(database, log.info, 'now'),
    log: nothingVerified(),
    equal: new Set(),
  });
  return keepProgress(file, log.info.logId, anew, start);
}

async function lookAtLog({ log, database, signal }: ReplayTools, kept: KeptProgress, note: (line: string) => void) {
  const { moment, log: progress } = kept.progress;
  const report = replayReport(note);
  await verifyLog({
    log,
    database,
    upTo: moment.position,
    maxViolations,
    progress,
    signal,
    onProgress(done) {
      report.onProgress(done);
      kept.save();
    },
  }).finally(report.end);
}

function sayLog({ moment, log }: VerifyProgress, say: (line: string) => void) {
  say(`${log.events} events in ${log.streams} streams up to ${momentText(moment)}`);
  for (const [type, events] of log.unknownTypes)
    say(`  ${events} of type ${type}, which this build does not know: kept, passed over`);
  for (const { guarantee, place, problem } of log.violations) say(`  ${guarantee} broken at ${place}: ${problem}`);
}

async function compare(
  context: ReplayTools,
  kept: KeptProgress,
  projection: Projection,
  maxEventsPerSecond: number | undefined,
): Promise<Compared> {
  const { equal } = kept.progress;
  const { name } = projection;
  if (equal.has(name)) return { projection: name, equal: true, left: null, tables: [] };
  const { onProgress, onUnreadable, end } = replayReport(() => undefined);
  const work = {
    projection,
    signal: context.signal,
    onProgress,
    onUnreadable,
    ...(maxEventsPerSecond !== undefined && { maxEventsPerSecond }),
  };
  const { tables, left } = await verifyReadModel(context, work, shownRows).finally(end);
  if (tables.length === 0 && left === null) equal.add(name);
  kept.flush();
  return { projection: name, equal: equal.has(name), left, tables };
}

function sayCompared({ projection, equal, left, tables }: Compared, say: (line: string) => void) {
  const verdict = equal ? 'equals a rebuild' : 'DIFFERS from a rebuild (before = live, after = rebuilt)';
  say(`${projection}: ${left ?? verdict}`);
  for (const table of tables) for (const line of differenceLines(table)) say(`  ${line}`);
}

/** @param json where the report goes as JSON @throws UserError when something is wrong */
function conclude({ moment, log }: VerifyProgress, compared: readonly Compared[], json?: (text: string) => void) {
  const differing = compared.flatMap(({ projection, tables }) =>
    tables.map(
      ({ table, added, removed, changed }): Violation => ({
        guarantee: 'G7',
        place: `${projection}, table ${table}`,
        problem: `${added} rows are missing, ${removed} too many, ${changed} different`,
      }),
    ),
  );
  const violations = [...log.violations, ...differing];
  json?.(
    JSON.stringify(
      {
        as_of: momentText(moment),
        events: log.events,
        streams: log.streams,
        unknown: [...log.unknownTypes].map(([type, events]) => ({ type, events })),
        violations,
        projections: compared,
      },
      null,
      2,
    ),
  );
  if (violations.length > 0) throw new UserError(`${violations.length} violations found.`);
}
