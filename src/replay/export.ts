import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogPosition } from '../event-store/port.ts';
import { copyToFile } from '../event-store/sql/copy-out.ts';
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

type Part = { readonly partition: number; readonly after: bigint; readonly through: bigint };

/** Writes events to a file. Parts of the log are written to `<path>.parts` one after the other and joined at the end, so that memory does not grow
 *  with the log and interrupted work goes on where it was.
 *  @returns how many events the file holds
 *  @throws ReplayStopped when the parts there are those of another export; the reason of `signal` */
export async function exportEvents(database: SqlDatabase, options: ExportOptions): Promise<number> {
  const { path, signal, onProgress } = options;
  const directory = `${path}.parts`;
  await mkdir(directory, { recursive: true });
  await keepPlan(directory, options);
  const parts = planParts(options);
  const total = Number(parts.reduce((sum, { after, through }) => sum + through - after, 0n));
  const throttle = createThrottle(options.maxEventsPerSecond);
  const duck = await openDuckDb();
  try {
    const files: string[] = [];
    let events = 0;
    let converting: Promise<void> = Promise.resolve();
    for (const part of parts) {
      signal?.throwIfAborted();
      const file = join(directory, `${part.partition}-${part.after}.parquet`);
      const positions = Number(part.through - part.after);
      if (!existsSync(file)) {
        const csv = `${file}.csv`;
        await copyToFile(database, selectEvents(part, options), csv);
        await converting;
        converting = convert(duck, csv, file);
        converting.catch(() => undefined); // thrown where it is awaited
        await throttle(positions);
      }
      files.push(file);
      events += positions;
      onProgress?.({ events, total });
    }
    await converting;
    const rows = await joinParts(duck, files, options);
    await rm(directory, { recursive: true });
    return rows;
  } finally {
    duck.close();
  }
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

async function convert(duck: Duck, csv: string, file: string): Promise<void> {
  await duck.run(`COPY (${readCsv([csv], eventColumns)}) TO ${literal(`${file}.tmp`)} (${fileFormats.parquet})`);
  await rename(`${file}.tmp`, file);
  await rm(csv);
}

async function joinParts(duck: Duck, files: readonly string[], { path, format }: ExportOptions): Promise<number> {
  const [only] = files;
  await mkdir(dirname(path), { recursive: true });
  if (only !== undefined && files.length === 1 && format === 'parquet') await rename(only, path);
  else {
    const none = eventColumns.map(({ name }) => `NULL AS ${name}`).join(', ');
    const all =
      only === undefined
        ? `SELECT ${none} WHERE false`
        : `SELECT * FROM read_parquet([${files.map(literal).join(', ')}])`;
    await duck.run(`COPY (${all}) TO ${literal(`${path}.tmp`)} (${fileFormats[format]})`);
    await rename(`${path}.tmp`, path);
  }
  const reader = { parquet: 'read_parquet', csv: 'read_csv', jsonl: 'read_json' }[format];
  const { rows } = await duck.rows(`SELECT count(*) FROM ${reader}(${literal(path)})`);
  return Number(rows[0]?.[0]);
}
