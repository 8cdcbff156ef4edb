import { z } from 'zod';
import type { Sql } from '../ports/database.ts';
import { activityTable, daysTable, endlessPause, gapsTable, longestGap, pausesTable } from './analytics-tables.ts';
import { arrayLiteral } from './array-literal.ts';
import { insertRows, keyText, type PlainRow } from './insert-rows.ts';
import { countReturns, writeReturns } from './player-returns.ts';
import { physicalName, type TableDefinition } from './table.ts';

/** Something that is counted by how far each row of a player is from the player's row before.
 *  @property rows    whose rows are in an order, by the last column of an index on (tenant, player_id, order)
 *  @property counts  what is counted, with one further key column after tenant and day, and sums
 *  @property measure expressions of that key and of the sums, of a row `r` and the one before, of which `before` is known */
type Spaced = {
  readonly rows: TableDefinition;
  readonly order: 'day' | 'slot';
  readonly before: 'day' | 'last_at';
  readonly counts: TableDefinition;
  readonly key: 'gap' | 'minutes';
  readonly measure: Readonly<Record<string, string>>;
};

const gaps: Spaced = {
  rows: daysTable,
  order: 'day',
  before: 'day',
  counts: gapsTable,
  key: 'gap',
  measure: { gap: `least(coalesce(day - before, ${longestGap}), ${longestGap})`, players: 'count(*)' },
};
const minutes = `least(coalesce(ceil((first_at - before)::numeric / 60000000::numeric)::int, ${endlessPause}), ${endlessPause})`;
const pauses: Spaced = {
  rows: activityTable,
  order: 'slot',
  before: 'last_at',
  counts: pausesTable,
  key: 'minutes',
  measure: {
    minutes,
    slots: 'count(*)',
    paused: `sum(CASE WHEN ${minutes} = ${endlessPause} THEN 0::bigint ELSE first_at - before END)`,
    played: 'sum(last_at - first_at)',
  },
};

const rowsAtOnce = 5_000;

/** What is counted of some rows and of those that follow them, as they stand. */
async function countsOf(sql: Sql, generation: number, spaced: Spaced, touched: readonly PlainRow[]) {
  const { rows, order, before, counts, key, measure } = spaced;
  const name = physicalName(rows, generation);
  const sums = Object.keys(measure).filter((column) => column !== key);
  const text = `WITH touched AS (SELECT * FROM unnest($1::text[], $2::uuid[], $3::${rows.columns[order]}[]) AS t (tenant, player_id, place)),
    affected AS (
      SELECT tenant, player_id, place FROM touched
      UNION SELECT t.tenant, t.player_id,
        (SELECT min(n.${order}) FROM ${name} AS n WHERE n.tenant = t.tenant AND n.player_id = t.player_id AND n.${order} > t.place)
      FROM touched AS t),
    spaced AS (
      SELECT r.*, (SELECT p.${before} FROM ${name} AS p
                   WHERE p.tenant = r.tenant AND p.player_id = r.player_id AND p.${order} < r.${order} ORDER BY p.${order} DESC LIMIT 1) AS before
      FROM affected AS a JOIN ${name} AS r ON r.tenant = a.tenant AND r.player_id = a.player_id AND r.${order} = a.place)
    SELECT tenant, day, ${measure[key]} AS ${key}, ${sums.map((sum) => `(${measure[sum]})::text AS ${sum}`).join(', ')}
    FROM spaced GROUP BY 1, 2, 3`;
  const { rows: found } = await sql.query(text, [
    arrayLiteral(touched.map((row) => row['tenant']!)),
    arrayLiteral(touched.map((row) => row['player_id']!)),
    arrayLiteral(touched.map((row) => row[order]!)),
  ]);
  const sumFields = Object.fromEntries(sums.map((sum) => [sum, z.coerce.bigint()]));
  const shape = z.object({ tenant: z.string(), day: z.coerce.number(), [key]: z.coerce.number(), ...sumFields });
  return new Map(found.map((row) => shape.parse(row) as PlainRow).map((row) => [keyText(counts, row), row]));
}

/** Adds what has changed to the counts; rows of nothing go, so that the rows do not depend on the way that led to them. */
async function addDifference(
  sql: Sql,
  generation: number,
  { counts, key, measure }: Spaced,
  before: ReadonlyMap<string, PlainRow>,
  after: ReadonlyMap<string, PlainRow>,
): Promise<void> {
  const sums = Object.keys(measure).filter((column) => column !== key);
  const changed = new Map<string, PlainRow>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(name), after.get(name)];
    const differences = sums.map((sum) => [sum, BigInt(now?.[sum] ?? 0n) - BigInt(old?.[sum] ?? 0n)] as const);
    if (differences.some(([, difference]) => difference !== 0n))
      changed.set(name, { ...(now ?? old)!, ...Object.fromEntries(differences) });
  }
  if (changed.size === 0) return;
  const added = sums.map((sum) => `${sum} = t.${sum} + excluded.${sum}`).join(', ');
  await insertRows(sql, counts, generation, changed, `UPDATE SET ${added}`);
  const fewer = [...changed.values()].filter((row) => (row[sums[0]!] as bigint) < 0n);
  if (fewer.length === 0) return;
  await sql.query(
    `DELETE FROM ${physicalName(counts, generation)} WHERE ${sums[0]} = 0
     AND (tenant, day, ${key}) IN (SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) AS gone (tenant, day, ${key}))`,
    [fewer.map((row) => row['tenant']), fewer.map((row) => row['day']), fewer.map((row) => row[key])],
  );
}

async function recount(
  sql: Sql,
  generation: number,
  spaced: Spaced,
  rows: ReadonlyMap<string, PlainRow>,
  onMeeting: string,
): Promise<void> {
  const all = [...rows];
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const some = new Map(all.slice(from, from + rowsAtOnce));
    const touched = [...some.values()];
    const before = await countsOf(sql, generation, spaced, touched);
    await insertRows(sql, spaced.rows, generation, some, onMeeting);
    await addDifference(sql, generation, spaced, before, await countsOf(sql, generation, spaced, touched));
  }
}

/** Writes days of players, of which some may be there, and counts their gaps. Nobody else writes these players' days before the transaction ends. */
export async function writeDays(sql: Sql, generation: number, days: ReadonlyMap<string, PlainRow>): Promise<void> {
  if (days.size === 0) return;
  const known = await knownDays(sql, generation, [...days.values()]);
  const fresh = new Map([...days].filter(([name]) => !known.has(name)));
  if (fresh.size === 0) return;
  const returns = await countReturns(sql, generation, [...fresh.values()]);
  await recount(sql, generation, gaps, fresh, 'NOTHING');
  await writeReturns(sql, generation, returns);
}

async function knownDays(sql: Sql, generation: number, days: readonly PlainRow[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query(
    `SELECT d.tenant, d.day, d.player_id::text AS player_id FROM unnest($1::text[], $2::int[], $3::uuid[]) AS w (tenant, day, player_id)
     JOIN ${physicalName(daysTable, generation)} AS d ON d.tenant = w.tenant AND d.day = w.day AND d.player_id = w.player_id`,
    [
      arrayLiteral(days.map((row) => row['tenant']!)),
      arrayLiteral(days.map((row) => row['day']!)),
      arrayLiteral(days.map((row) => row['player_id']!)),
    ],
  );
  return new Set((rows as PlainRow[]).map((row) => keyText(daysTable, row)));
}

/** Writes slots in which players did something, merged with what is known of them, and counts the pauses before them. */
export const writeSlots = (sql: Sql, generation: number, slots: ReadonlyMap<string, PlainRow>): Promise<void> =>
  recount(
    sql,
    generation,
    pauses,
    slots,
    'UPDATE SET events = t.events + excluded.events, first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)',
  );
