import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { LogPosition } from '../event-store/port.ts';
import { type FileFormat, fileFormats } from '../replay/duckdb.ts';
import { exportEvents } from '../replay/export.ts';
import { momentText, resolveMoment } from '../replay/moment.ts';
import { momentToken } from '../replay/replay.ts';
import { type CliCommand, UserError } from './command.ts';
import { jsonOption, rateOption, replayReport, tenantOption } from './replay.ts';
import { withReplay } from './with-replay.ts';

type Options = {
  readonly from?: string;
  readonly to: string;
  readonly type?: readonly string[];
  readonly tenant?: string;
  readonly out: string;
  readonly maxRate?: number;
  readonly json?: boolean;
};

function parseFile(out: string): { path: string; format: FileFormat } {
  const path = resolve(out);
  const format = extname(path).slice(1);
  if (!Object.hasOwn(fileFormats, format))
    throw new UserError(`--out must end with .${Object.keys(fileFormats).join(', .')}.`);
  if (existsSync(path)) throw new UserError(`${path} exists: give another name, or remove it.`);
  return { path, format: format as FileFormat };
}

/** `sandai events export`. */
export const eventsCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('events')
    .description('take events out of the log')
    .command('export')
    .description('write events to a file for analysis, the whole log or a part of it')
    .option('--from <moment>', 'events after this moment: a time, or a position (default: the beginning)')
    .option('--to <moment>', 'events up to this moment: a time, a position, or now', 'now')
    .option('--type <type...>', 'only events of these types')
    .addOption(tenantOption())
    .requiredOption('--out <file>', 'a file ending with .parquet, .csv or .jsonl')
    .addOption(rateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npx sandai events export --out events.parquet
  npx sandai events export --from 2026-05-01T00:00:00Z --to 2026-06-01T00:00:00Z --type PurchaseValidated --out may.csv

Interrupted by Ctrl-C or killed, the same command with the same --to goes on where it was. Personal data stays sealed.`,
    )
    .action(async (options: Options) => {
      const { path, format } = parseFile(options.out);
      const report = replayReport(note);
      await withReplay(settings(), note, async ({ log, database, source, signal }) => {
        const to = await resolveMoment(database, log.info, options.to);
        if (options.to === 'now') note(`Up to now is --to ${momentToken(log.info, to)}`);
        const from: LogPosition =
          options.from === undefined ? new Map() : (await resolveMoment(database, log.info, options.from)).position;
        const events = await exportEvents(source, {
          logId: log.info.logId,
          from,
          to: to.position,
          path,
          format,
          signal,
          onProgress: report.onProgress,
          ...(options.type !== undefined && { types: options.type }),
          ...(options.tenant !== undefined && { tenant: options.tenant }),
          ...(options.maxRate !== undefined && { maxEventsPerSecond: options.maxRate }),
        });
        report.end();
        const until = momentText(to);
        out(
          options.json
            ? JSON.stringify({ events, to: until, file: path })
            : `${events} events up to ${until} in ${path}`,
        );
      }).finally(report.end);
    });
};
