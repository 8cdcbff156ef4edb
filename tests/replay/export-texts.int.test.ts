import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDb } from '../../src/replay/duckdb.ts';
import { exportEvents } from '../../src/replay/export.ts';
import { type ReplayUnderTest, replayUnderTest } from './support.ts';

let here: ReplayUnderTest;
beforeAll(async () => {
  here = await replayUnderTest();
});
afterAll(() => here.close());

const columns = 'position, tenant, stream_id, type, data, metadata';
const texts = 'position::text, tenant, stream_id, type, data::text, metadata::text';

const special = fc.constantFrom(
  '"',
  '""',
  '\t',
  ',',
  '\n',
  '\r\n',
  '\u0001',
  '\u0001\u0001',
  '\\',
  '\\N',
  '\\.',
  '\u2028',
  '😀',
);
const text = fc
  .array(fc.oneof(special, fc.string({ unit: 'grapheme' })), { maxLength: 6 })
  .map((parts) => parts.join('').replaceAll('\0', ''));
const object = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 })), {
  maxKeys: 4,
});
const event = fc.record({ tenant: text, stream: text, type: text, data: object, metadata: object });

test('an export holds every text as the log does, whatever characters are in it and wherever a statement ends', async () => {
  const duck = await openDuckDb();
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
        await here.query('delete from events');
        const path = join(here.directory, `${randomUUID()}.parquet`);
        const ends = [1, 2_500, 2_501, 5_000, 5_001];
        const positions = events.map((_, index) => ends[index] ?? 7_000 + index);
        for (const [index, { tenant, stream, type, data, metadata }] of events.entries())
          await here.query(
            `insert into events (partition, version, event_id, schema_version, recorded_at, ${columns}) values (0, 1, $1, 1, now(), $2, $3, $4, $5, $6, $7)`,
            [
              randomUUID(),
              positions[index],
              tenant,
              `${stream}${index}`,
              type,
              JSON.stringify(data),
              JSON.stringify(metadata),
            ],
          );
        const to = new Map([[0, BigInt(positions.at(-1)!)]]);
        const options = { logId: here.log.info.logId, from: new Map(), to, path, format: 'parquet' } as const;
        expect(await exportEvents(here.database, options)).toBe(events.length);
        const { rows } = await duck.rows(`select ${texts} from '${path}'`);
        const logged = await here.query(`select ${texts} from events order by events.position`);
        expect(rows).toEqual(logged.map((row) => Object.values(row)));
      }),
      { numRuns: 20 },
    );
  } finally {
    duck.close();
  }
});
