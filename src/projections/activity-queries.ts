import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { firstDaysTable, gapsTable, longestGap, pausesTable, returnsTable } from './analytics-tables.ts';
import { type DayRange, daysOf } from './days.ts';
import { physicalName } from './table.ts';

const number = z.coerce.number();
const week = 7;

/** How many players there were on a day, in the 7 and the 30 days that end with it, and for the first time.
 *  @property sessions    play sessions that began
 *  @property playSeconds time between one event and the next of a session, counted where the later one is */
export type ActivityOfDay = {
  readonly day: number;
  readonly dau: number;
  readonly wau: number;
  readonly mau: number;
  readonly newPlayers: number;
  readonly sessions: number;
  readonly playSeconds: number;
};

const gapRow = z.object({ day: number, gap: number, players: number });
const firstRow = z.object({ day: number, players: number });
const sessionRow = z.object({ day: number, sessions: number, micros: number });

/** Activity of a tenant by day.
 *  @param gapMs a play session ends where there is no event for longer than this; whole minutes, from 10 to a day */
export async function activityByDay(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  range: DayRange,
  gapMs: number,
): Promise<readonly ActivityOfDay[]> {
  const generation = await generations.of('analytics');
  const { from, to } = range;
  const { rows: gaps } = await sql.query(
    `SELECT day, gap, players FROM ${physicalName(gapsTable, generation)}
     WHERE tenant = $1::text AND day > $2::int - ${longestGap} AND day <= $3::int`,
    [tenant, from, to],
  );
  const { rows: firsts } = await sql.query(
    `SELECT first_day AS day, count(*) AS players FROM ${physicalName(firstDaysTable, generation)}
     WHERE tenant = $1::text AND first_day >= $2::int AND first_day <= $3::int GROUP BY first_day`,
    [tenant, from, to],
  );
  const { rows: sessions } = await sql.query(
    `SELECT day, sum(CASE WHEN minutes > $4::int THEN slots ELSE 0::bigint END) AS sessions,
            sum(played + CASE WHEN minutes <= $4::int THEN paused ELSE 0::bigint END) AS micros
     FROM ${physicalName(pausesTable, generation)} WHERE tenant = $1::text AND day >= $2::int AND day <= $3::int GROUP BY day`,
    [tenant, from, to, Math.floor(gapMs / 60_000)],
  );
  const found = new Map(daysOf(range).map((day) => [day, { ...nobody, day }]));
  for (const row of gaps) {
    const { day, gap, players } = gapRow.parse(row);
    for (let ahead = 0; ahead < longestGap; ahead += 1) {
      const counted = found.get(day + ahead);
      if (counted === undefined) continue;
      if (ahead === 0) counted.dau += players;
      // of a player's days in a window the first one counts: the one before it lies outside
      if (ahead < week && gap >= week - ahead) counted.wau += players;
      if (gap >= longestGap - ahead) counted.mau += players;
    }
  }
  for (const row of firsts) {
    const { day, players } = firstRow.parse(row);
    found.get(day)!.newPlayers = players;
  }
  for (const row of sessions) {
    const { day, sessions: begun, micros } = sessionRow.parse(row);
    Object.assign(found.get(day)!, { sessions: begun, playSeconds: Math.round(micros / 1e6) });
  }
  return [...found.values()];
}

const nobody = { dau: 0, wau: 0, mau: 0, newPlayers: 0, sessions: 0, playSeconds: 0 };

/** Players whose first day is `day`, and how many of them were there again so many days later. @property returned null = not yet to tell */
export type Cohort = {
  readonly day: number;
  readonly players: number;
  readonly returned: readonly { readonly after: number; readonly players: number | null }[];
};

const cohortRow = z.object({ first_day: number, after_days: number, players: number });

/** Retention of a tenant's players by the day on which they were there for the first time; days without new players are left out.
 *  @param after after how many days, each at least 1 and at most {@link furthestReturn}
 *  @param today the last day that has begun */
export async function retentionByCohort(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  { from, to }: DayRange,
  after: readonly number[],
  today: number,
): Promise<readonly Cohort[]> {
  const { rows } = await sql.query(
    `SELECT first_day, after_days, players FROM ${physicalName(returnsTable, await generations.of('analytics'))}
     WHERE tenant = $1::text AND first_day >= $2::int AND first_day <= $3::int AND after_days = ANY($4::int[])`,
    [tenant, from, to, [0, ...after]],
  );
  const counted = new Map(
    rows.map((row) => {
      const { first_day, after_days, players } = cohortRow.parse(row);
      return [`${first_day} ${after_days}`, players] as const;
    }),
  );
  return daysOf({ from, to }).flatMap((day) => {
    const players = counted.get(`${day} 0`);
    if (players === undefined) return [];
    const returned = after.map((days) => ({
      after: days,
      players: day + days > today ? null : (counted.get(`${day} ${days}`) ?? 0),
    }));
    return [{ day, players, returned }];
  });
}
