import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { EventLog } from '../event-store/port.ts';
import { parseEvent } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { ReplayProgress, Unreadable } from './build.ts';
import { ReplayStopped } from './errors.ts';
import { type Moment, momentText } from './moment.ts';
import { orderedEvents } from './ordered-events.ts';

/** What a module's projection gets of an event: today's form of its data, and exact times and positions as texts. */
export type WhatIfEvent = {
  readonly type: string;
  readonly data: unknown;
  readonly tenant: string;
  readonly stream: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly actor: string | null;
  readonly eventId: string;
};

/** Rows of one table, by their key. */
export type WhatIfRows = {
  get(key: Row): Row | undefined;
  set(row: Row): void;
  delete(key: Row): void;
};
export type Row = Readonly<Record<string, unknown>>;

const column = z.enum(['text', 'bigint', 'double', 'boolean', 'json']);
const handler = z.custom<(event: WhatIfEvent, rows: Readonly<Record<string, WhatIfRows>>) => void>(
  (value) => typeof value === 'function',
  'must be a function (event, rows)',
);
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and _');
const moduleShape = z.object({
  name,
  tables: z.record(name, z.object({ key: z.array(name).min(1), columns: z.record(name, column) })),
  on: z.record(z.string(), handler),
});

/** A projection of an analyst's own. @property on what it makes of each event type; events come in the order of time */
export type WhatIf = z.infer<typeof moduleShape>;

/** Loads a module in TypeScript or JavaScript whose default export is a projection.
 *  @throws ReplayStopped saying what the module lacks */
export async function loadWhatIf(path: string): Promise<WhatIf> {
  const { build } = await import('esbuild'); // few commands need it
  const directory = mkdtempSync(join(tmpdir(), 'sandai-what-if-'));
  try {
    const outfile = join(directory, 'module.mjs');
    try {
      await build({
        entryPoints: [resolve(path)],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'esm',
        sourcemap: 'inline',
        logLevel: 'silent',
      });
    } catch (error) {
      throw new ReplayStopped(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
    const loaded: unknown = await import(pathToFileURL(outfile).href);
    const parsed = moduleShape.safeParse((loaded as { default?: unknown }).default);
    if (parsed.success) return checked(path, parsed.data);
    const problems = parsed.error.issues.map(
      ({ path: at, message }) => `  ${at.join('.') || 'default export'}: ${message}`,
    );
    throw new ReplayStopped([`${path} is no projection:`, ...problems].join('\n'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function checked(path: string, whatIf: WhatIf): WhatIf {
  for (const [table, { key, columns }] of Object.entries(whatIf.tables))
    for (const part of key)
      if (columns[part] === undefined)
        throw new ReplayStopped(`${path}: table ${table} has no column ${part}, which is in its key.`);
  return whatIf;
}

/** @property maxRows so that a key chosen badly ends with a message instead of a full memory */
export type WhatIfOptions = {
  readonly log: Pick<EventLog, 'readPartition'>;
  readonly moment: Moment;
  readonly tenant?: string;
  readonly maxRows: number;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly onUnreadable: (unreadable: Unreadable) => void;
  readonly signal?: AbortSignal;
};

/** Runs a projection of an analyst's own over the log, in memory.
 *  @returns the rows of each table, in the order of their keys
 *  @throws ReplayStopped when a handler fails, naming the event */
export async function runWhatIf(whatIf: WhatIf, options: WhatIfOptions): Promise<ReadonlyMap<string, readonly Row[]>> {
  const { moment, signal } = options;
  const total = Number([...moment.position.values()].reduce((sum, end) => sum + end, 0n));
  const seen = new Map<number, bigint>();
  const tables = new Map(Object.keys(whatIf.tables).map((table) => [table, new Map<string, Row>()] as const));
  const keyOf = (key: readonly string[], row: Row) => JSON.stringify(key.map((part) => row[part] ?? null));
  const rows = Object.fromEntries(
    Object.entries(whatIf.tables).map(([table, { key, columns }]) => {
      const held = tables.get(table)!;
      const known = (row: Row) => {
        for (const part of Object.keys(row))
          if (columns[part] === undefined) throw new Error(`table ${table} has no column ${part}`);
        return row;
      };
      const access: WhatIfRows = {
        get: (wanted) => held.get(keyOf(key, wanted)),
        set: (row) => void held.set(keyOf(key, row), known(row)),
        delete: (wanted) => void held.delete(keyOf(key, wanted)),
      };
      return [table, access];
    }),
  );
  for await (const event of orderedEvents(options.log, Object.keys(whatIf.on), moment.position)) {
    signal?.throwIfAborted();
    seen.set(event.partition, event.position);
    if (options.tenant !== undefined && event.tenant !== options.tenant) continue;
    const shown = readable(event, options.onUnreadable);
    if (shown === null) continue;
    try {
      whatIf.on[event.type]!(shown, rows);
    } catch (error) {
      throw new ReplayStopped(
        `${whatIf.name} fails at ${event.type}, partition ${event.partition} position ${event.position}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
    const held = [...tables.values()].reduce((sum, table) => sum + table.size, 0);
    if (held > options.maxRows)
      throw new ReplayStopped(
        `${whatIf.name} holds more than ${options.maxRows} rows: choose keys with fewer values, or give --max-rows.`,
      );
    options.onProgress?.({ events: Number([...seen.values()].reduce((sum, at) => sum + at, 0n)), total });
  }
  return new Map(
    [...tables].map(([table, held]) => [table, [...held].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)]),
  );
}

function readable(event: RecordedEvent, onUnreadable: (unreadable: Unreadable) => void): WhatIfEvent | null {
  try {
    const parsed = parseEvent(event) ?? event; // types of another build as they are
    return {
      type: event.type,
      data: parsed.data,
      tenant: event.tenant,
      stream: event.streamId,
      version: Number(event.version),
      recordedAt: momentText({ micros: event.recordedAt }),
      actor: event.metadata.actor ?? null,
      eventId: event.eventId,
    };
  } catch (error) {
    onUnreadable({ event, reason: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

const duckTypes = { text: 'VARCHAR', bigint: 'BIGINT', double: 'DOUBLE', boolean: 'BOOLEAN', json: 'JSON' } as const;

/** Puts rows into a file for DuckDB. @returns the query that reads them */
export async function queryOfRows(
  whatIf: WhatIf,
  table: string,
  rows: readonly Row[],
  directory: string,
): Promise<string> {
  const file = join(directory, 'rows.jsonl');
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);
  function* lines() {
    for (const row of rows) yield `${JSON.stringify(row, plain)}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  const columns = Object.entries(whatIf.tables[table]!.columns).map(
    ([column_, type]) => `'${column_}': '${duckTypes[type]}'`,
  );
  return `SELECT * FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {${columns.join(', ')}})`;
}
