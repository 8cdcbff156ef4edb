import { z } from 'zod';
import type { Sql } from '../ports/database.ts';
import { daysTable, furthestReturn, returnsTable } from './analytics-tables.ts';
import { arrayLiteral } from './array-literal.ts';
import { insertRows, keyText, type PlainRow } from './insert-rows.ts';
import { physicalName } from './table.ts';

const number = z.coerce.number();
const firstRow = z.object({ tenant: z.string(), player_id: z.string(), first_day: number.nullable() });
const dayRow = z.object({ tenant: z.string(), player_id: z.string(), day: number });

type ReturnsRow = {
  readonly tenant: string;
  readonly first_day: number;
  readonly after_days: number;
  readonly players: bigint;
};
type Player = { readonly tenant: string; readonly player_id: string };
const nameOf = ({ tenant, player_id }: Player): string => `${tenant} ${player_id}`;
const columnsOf = (players: readonly Player[]) => [
  arrayLiteral(players.map(({ tenant }) => tenant)),
  arrayLiteral(players.map(({ player_id }) => player_id)),
];

/** The first day of each player as it stands; null = none yet. By their days, since `player_first_days` has the new ones by then. */
async function firstDays(sql: Sql, generation: number, players: readonly Player[]) {
  const days = physicalName(daysTable, generation);
  const { rows } = await sql.query(
    `SELECT w.tenant, w.player_id::text AS player_id,
       (SELECT min(d.day) FROM ${days} AS d WHERE d.tenant = w.tenant AND d.player_id = w.player_id) AS first_day
     FROM unnest($1::text[], $2::uuid[]) AS w (tenant, player_id)`,
    columnsOf(players),
  );
  return rows.map((row) => firstRow.parse(row));
}

/** All days of players, as they stand. */
async function daysOfPlayers(sql: Sql, generation: number, players: readonly Player[]) {
  if (players.length === 0) return [];
  const { rows } = await sql.query(
    `SELECT d.tenant, d.player_id::text AS player_id, d.day FROM unnest($1::text[], $2::uuid[]) AS w (tenant, player_id)
     JOIN ${physicalName(daysTable, generation)} AS d ON d.tenant = w.tenant AND d.player_id = w.player_id`,
    columnsOf(players),
  );
  return rows.map((row) => dayRow.parse(row));
}

/** Counts days of players, none of which is there yet, by how long after the player's first day they are. To be called before they are written. Where
 *  one of them is earlier than the first day that was known, all days of the player are so much later.
 *  @returns what to add to the counts, by the texts of their keys */
export async function countReturns(
  sql: Sql,
  generation: number,
  days: readonly PlainRow[],
): Promise<ReadonlyMap<string, ReturnsRow>> {
  const fresh = days.map((row) => dayRow.parse(row));
  const players = [...new Map(fresh.map((row) => [nameOf(row), row])).values()];
  const before = new Map((await firstDays(sql, generation, players)).map((row) => [nameOf(row), row.first_day]));
  const after = new Map<string, number>();
  for (const row of fresh) {
    const known = after.get(nameOf(row)) ?? before.get(nameOf(row)) ?? row.day;
    after.set(nameOf(row), Math.min(known, row.day));
  }
  const counted = new Map<string, ReturnsRow>();
  const add = (tenant: string, first: number, day: number, more: bigint) => {
    if (day - first > furthestReturn) return;
    const row = { tenant, first_day: first, after_days: day - first };
    const key = keyText(returnsTable, row);
    counted.set(key, { ...row, players: (counted.get(key)?.players ?? 0n) + more });
  };
  for (const row of fresh) add(row.tenant, after.get(nameOf(row))!, row.day, 1n);
  const moved = players.filter((row) => {
    const first = before.get(nameOf(row)) ?? null;
    return first !== null && after.get(nameOf(row))! < first;
  });
  for (const row of await daysOfPlayers(sql, generation, moved)) {
    add(row.tenant, before.get(nameOf(row))!, row.day, -1n);
    add(row.tenant, after.get(nameOf(row))!, row.day, 1n);
  }
  return new Map([...counted].filter(([, row]) => row.players !== 0n));
}

/** Adds what {@link countReturns} found; rows of nothing go, so that the rows do not depend on the way that led to them. */
export async function writeReturns(
  sql: Sql,
  generation: number,
  changed: ReadonlyMap<string, ReturnsRow>,
): Promise<void> {
  await insertRows(sql, returnsTable, generation, changed, 'UPDATE SET players = t.players + excluded.players');
  const fewer = [...changed.values()].filter((row) => row.players < 0n);
  if (fewer.length === 0) return;
  await sql.query(
    `DELETE FROM ${physicalName(returnsTable, generation)} WHERE players = 0
     AND (tenant, first_day, after_days) IN (SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) AS gone (tenant, first_day, after_days))`,
    [fewer.map((row) => row.tenant), fewer.map((row) => row.first_day), fewer.map((row) => row.after_days)],
  );
}
