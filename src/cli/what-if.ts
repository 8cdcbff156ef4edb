import { type Command, InvalidArgumentError } from 'commander';
import { momentText, resolveMoment } from '../replay/moment.ts';
import { type Output, parseOutput, type Source, writeTables } from '../replay/output.ts';
import { momentToken } from '../replay/replay.ts';
import { loadWhatIf, queryOfRows, type Row, runWhatIf, type WhatIf } from '../replay/what-if.ts';
import { type CliContext, UserError } from './command.ts';
import { asOfOption, jsonOption, replayReport, tenantOption } from './replay.ts';
import { table } from './table.ts';
import { withReplay } from './with-replay.ts';

type Options = {
  readonly module: string;
  readonly asOf: string;
  readonly tenant?: string;
  readonly out?: string;
  readonly format?: string;
  readonly maxRows: number;
  readonly json?: boolean;
};
const shownRows = 20;

function targetOf(out: string, format: string | undefined): Exclude<Output, { kind: 'schema' }> {
  const output = parseOutput(out, format);
  if (output.kind === 'schema') throw new UserError('A projection that is tried goes to files, not to a schema.');
  return output;
}

function shownLines(whatIf: WhatIf, name: string, rows: readonly Row[]): readonly string[] {
  const columns = Object.keys(whatIf.tables[name]!.columns);
  const text = (value: unknown) =>
    typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  const lines = rows.slice(0, shownRows).map((row) => columns.map((column) => text(row[column])));
  const rest = rows.length > shownRows ? [`and ${rows.length - shownRows} more: give --out`] : [];
  return [`${name}: ${rows.length} rows`, ...table([columns, ...lines]), ...rest];
}

/** `sandai projections what-if --module <file>`. */
export function whatIfCommand(projections: Command, { settings, out, note }: CliContext): void {
  projections
    .command('what-if')
    .description('try a projection of your own over the log, before anybody deploys it')
    .requiredOption('--module <file>', 'TypeScript or JavaScript whose default export is a projection')
    .addOption(asOfOption())
    .addOption(tenantOption())
    .option(
      '--out <target>',
      'a directory, or a file ending with .parquet, .csv, .jsonl or .duckdb (default: print some rows)',
    )
    .option('--format <format>', 'of the files in a directory: parquet, csv or jsonl (default: parquet)')
    .option(
      '--max-rows <rows>',
      'end when there are more rows than this, which are held in memory',
      (text) => {
        if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number, for example 1000000.');
        return Number(text);
      },
      5_000_000,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Example:
  npx sandai projections what-if --module ./scores-by-day.ts --as-of 2026-06-01T00:00:00Z

with scores-by-day.ts:
  export default {
    name: 'scores_by_day',
    tables: { days: { key: ['day'], columns: { day: 'text', scores: 'bigint', best: 'bigint' } } },
    on: {
      LeaderboardUpdated(event, rows) {
        const day = event.recordedAt.slice(0, 10);
        const before = rows.days.get({ day }) ?? { scores: 0, best: 0 };
        rows.days.set({ day, scores: before.scores + 1, best: Math.max(before.best, event.data.attempt.score) });
      },
    },
  };

Columns are text, bigint, double, boolean or json. Events come in the order of time; rows are held in memory. The module runs as a program of yours.`,
    )
    .action(async (options: Options) => {
      const output = options.out === undefined ? null : targetOf(options.out, options.format);
      const report = replayReport(note);
      await withReplay(settings(), note, async ({ log, database, signal }) => {
        const whatIf = await loadWhatIf(options.module);
        const moment = await resolveMoment(database, log.info, options.asOf);
        const tables = await runWhatIf(whatIf, {
          log,
          moment,
          signal,
          maxRows: options.maxRows,
          onProgress: report.onProgress,
          onUnreadable: report.onUnreadable,
          ...(options.tenant !== undefined && { tenant: options.tenant }),
        });
        report.end();
        if (output === null) {
          if (options.json) return out(JSON.stringify(Object.fromEntries(tables), null, 2));
          out(`${whatIf.name} as of ${momentText(moment)}`);
          for (const [name, rows] of tables) for (const line of shownLines(whatIf, name, rows)) out(line);
          return;
        }
        const sources = [...tables].map(
          ([name, rows]): Source => ({
            name,
            load: async (directory) => ({ query: await queryOfRows(whatIf, name, rows, directory), rows: rows.length }),
          }),
        );
        const manifest = {
          projection: whatIf.name,
          as_of: momentText(moment),
          position: momentToken(log.info, moment),
        };
        const written = await writeTables(sources, output, manifest);
        if (options.json) return out(JSON.stringify({ ...manifest, tables: written }, null, 2));
        for (const { table: name, rows, path } of written) out(`${name}: ${rows} rows in ${path}`);
      }).finally(report.end);
    });
}
