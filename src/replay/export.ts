import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogPosition } from '../event-store/port.ts';
import { copyToFile, plainCsv } from '../event-store/sql/copy-out.ts';
import type { SqlDatabase } from '../event-store/sql/database.ts';
import { createThrottle } from '../processors/throttle.ts';
import type { ReplayProgress } from './build.ts';
import { type Column, type Duck, type FileFormat, fileFormats, literal, openDuckDb, readCsv } from './duckdb.ts';
import { ReplayStopped } from './errors.ts';

/** @property from    events after this cut; @property to events up to this one
 *  @property types   only these types; all when left out
 *  @property signal  ends the work after the part in flight; the same call takes it up again
 *  @property partPositions positions of the log in one part */
export type ExportOptions = {
  readonly logId: string;
  readonly from: LogPosition;
  readonly to: LogPosition;
  readonly types?: readonly string[];
  readonly tenant?: string;
  readonly path: string;
  readonly format: FileFormat;
  readonly maxEventsPerSecond?: number;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
  readonly partPositions?: number;
};

/** The columns of an export, one row per event in the order of partition and position. */
export const eventColumns: readonly Column[] = [
  { name: 'partition', type: 'integer' },
  { name: 'position', type: 'bigint' },
  { name: 'event_id', type: 'uuid' },
  { name: 'tenant', type: 'text' },
  { name: 'stream_id', type: 'text' },
  { name: 'version', type: 'bigint' },
  { name: 'type', type: 'text' },
  { name: 'schema_version', type: 'integer' },
  { name: 'data', type: 'jsonb' },
  { name: 'metadata', type: 'jsonb' },
  { name: 'recorded_at', type: 'timestamp with time zone' },
];

/** A backend of the database fills one core; while some parts are copied others are converted. */
const parallelParts = 3;

/** A second thread of DuckDB makes each half as dear again, and here the cores have other work. */
const oneThread = { threads: 1 };

/** Positions of the log that one statement copies. */
const copyPositions = 2_500n;

type Part = { readonly partition: number; readonly after: bigint; readonly through: bigint };

/** Writes events to a file. Parts of the log are written to `<path>.parts` one after the other and joined at the end, so that memory does not grow
 *  with the log and interrupted work goes on where it was.
 *  @returns how many events the file holds
 *  @throws ReplayStopped when the parts there are those of another export; the reason of `signal` */
export async function exportEvents(database: SqlDatabase, options: ExportOptions): Promise<number> {
  const { path, signal, onProgress } = options;
  const directory = `${path}.parts`;
  await mkdir(directory, { recursive: true }); // and with it the directory of the file
  await keepPlan(directory, options);
  const parts = planParts(options);
  const total = Number(parts.reduce((sum, { after, through }) => sum + through - after, 0n));
  const throttle = createThrottle(options.maxEventsPerSecond, signal);
  const files = parts.map(({ partition, after }) => join(directory, `${partition}-${after}.parquet`));
  let next = 0;
  let events = 0;
  const worker = async () => {
    const duck = await openDuckDb(':memory:', oneThread);
    try {
      while (next < parts.length) {
        signal?.throwIfAborted();
        const part = parts[next]!;
        const file = files[next]!;
        next += 1;
        const positions = Number(part.through - part.after);
        if (!existsSync(file)) {
          await copyPart(database, part, options, `${file}.csv`);
          await convert(duck, readCsv([`${file}.csv`], eventColumns, database.dialect.jsonCsv), file);
          await rm(`${file}.csv`);
          await throttle(positions);
        }
        events += positions;
        onProgress?.({ events, total });
      }
    } finally {
      duck.close();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: parallelParts }, worker));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  const rows = await joinParts(files, options);
  await rm(directory, { recursive: true });
  return rows;
}

/** Parts of another export must not be taken for ours. */
async function keepPlan(directory: string, options: ExportOptions): Promise<void> {
  const { logId, from, to, types, tenant, format, partPositions } = options;
  const numbers = (position: LogPosition) => [...position].map(([partition, at]) => `${partition}-${at}`);
  const plan = JSON.stringify({ logId, from: numbers(from), to: numbers(to), types, tenant, format, partPositions });
  const file = join(directory, 'plan.json');
  if (!existsSync(file)) return writeFile(file, plan);
  if ((await readFile(file, 'utf8')) === plan) return;
  throw new ReplayStopped(
    `${directory} holds parts of an export with other options, or of another moment: remove it to begin anew, or repeat that export with the moment it printed.`,
  );
}

function planParts({ from, to, partPositions = 250_000 }: ExportOptions): readonly Part[] {
  const parts: Part[] = [];
  for (const [partition, end] of to) {
    for (let after = from.get(partition) ?? 0n; after < end; ) {
      const through = after + BigInt(partPositions) < end ? after + BigInt(partPositions) : end;
      parts.push({ partition, after, through });
      after = through;
    }
  }
  return parts;
}

/** In statements so short that the database sorts their rows in memory, or reads them in order, whatever it plans. */
async function copyPart(database: SqlDatabase, part: Part, options: ExportOptions, csv: string): Promise<void> {
  const form = database.dialect.jsonCsv;
  for (let { after } = part; after < part.through; after += copyPositions) {
    const through = after + copyPositions < part.through ? after + copyPositions : part.through;
    const select = selectEvents({ ...part, after, through }, options);
    await copyToFile(database, select, csv, { form, append: after > part.after });
  }
}

function selectEvents({ partition, after, through }: Part, { types, tenant }: ExportOptions): string {
  const conditions = [
    `partition = ${partition}`,
    `position > ${after}`,
    `position <= ${through}`,
    ...(types === undefined ? [] : [`type IN (${types.map(literal).join(', ')})`]),
    ...(tenant === undefined ? [] : [`tenant = ${literal(tenant)}`]),
  ];
  const columns = eventColumns.map(({ name }) => name).join(', ');
  return `SELECT ${columns} FROM events WHERE ${conditions.join(' AND ')} ORDER BY position`;
}

async function convert(duck: Duck, query: string, file: string): Promise<void> {
  await duck.run(`COPY (${query}) TO ${literal(`${file}.tmp`)} (${fileFormats.parquet})`);
  await rename(`${file}.tmp`, file);
}

/** @returns how many events the file holds */
async function joinParts(files: readonly string[], { path, format }: ExportOptions): Promise<number> {
  const duck = await openDuckDb(':memory:', oneThread);
  try {
    const nothing = `${path}.parts/nothing.csv`;
    if (files.length === 0) await writeFile(nothing, '');
    const all =
      files.length === 0
        ? readCsv([nothing], eventColumns, plainCsv)
        : `SELECT * FROM read_parquet([${files.map(literal).join(', ')}])`;
    const { rows } = await duck.rows(`COPY (${all}) TO ${literal(`${path}.tmp`)} (${fileFormats[format]})`);
    await rename(`${path}.tmp`, path);
    return Number(rows[0]?.[0]);
  } finally {
    duck.close();
  }
}
