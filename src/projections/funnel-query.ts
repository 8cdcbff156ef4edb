import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { eventsTable, firstDaysTable } from './analytics-tables.ts';
import { type DayRange, dayMicros } from './days.ts';
import { type FunnelEvent, furthestStep } from './funnel.ts';
import { physicalName } from './table.ts';

export const maxSteps = 8;

const endRow = z.object({ through: z.string() });
const pageRow = z.object({ done: z.string().nullable() });

/** Last player of a page of those who were there on a day of the range. Parameters: tenant, first day, last day, player after whom to begin, players. */
const endText = (players: string): string => `
  SELECT f.player_id::text AS through FROM ${players} AS f
  WHERE f.tenant = $1::text AND f.first_day <= $3::int AND f.last_day >= $2::int AND ($4::uuid IS NULL OR f.player_id > $4::uuid)
  ORDER BY f.player_id LIMIT 1 OFFSET $5::bigint`;

/** What players of a page did, in order: for each a text of numbers, of which each is a time in µs since the range began times {@link maxSteps}, and the
 *  place of a name. One text for all, because many short rows are slow to read.
 *  Parameters: tenant, names, begin, end, players after whom and through whom. */
const pageText = (events: string): string => `
  SELECT string_agg(done, ';') AS done FROM (
    SELECT string_agg(((e.at - $3::bigint) * ${maxSteps}::bigint + array_position($2::text[], e.name) - 1)::text, ' ' ORDER BY e.at, e.batch, e.ordinal) AS done
    FROM ${events} AS e
    WHERE e.tenant = $1::text AND ($5::uuid IS NULL OR e.player_id > $5::uuid) AND ($6::uuid IS NULL OR e.player_id <= $6::uuid)
      AND e.at >= $3::bigint AND e.at < $4::bigint AND e.name = ANY($2::text[])
    GROUP BY e.player_id) AS players`;

const space = 0x20;
const zero = 0x30;

/** Events of a text of numbers. Digit by digit: a million times, splitting the text takes as long as the database does. */
function* eventsIn(done: string): Generator<FunnelEvent> {
  let number = 0;
  for (let place = 0; place <= done.length; place += 1) {
    const code = place === done.length ? space : done.charCodeAt(place);
    if (code !== space) {
      number = number * 10 + code - zero;
      continue;
    }
    const name = number % maxSteps;
    yield { name, at: (number - name) / maxSteps };
    number = 0;
  }
}

/** How many players did the steps one after another, by the furthest that each came. Read in short statements, page by page of the players.
 *  @param steps    2 to 8 names of analytics events
 *  @param range    days on which the first step is done
 *  @param withinMs how long after the first step the last one may be
 *  @param playersAtOnce of a page
 *  @returns for each step, how many players came to it */
export async function funnel(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  steps: readonly string[],
  { from, to }: DayRange,
  withinMs: number,
  playersAtOnce = 2_000,
): Promise<readonly { readonly step: string; readonly players: number }[]> {
  const generation = await generations.of('analytics');
  const events = physicalName(eventsTable, generation);
  const players = physicalName(firstDaysTable, generation);
  const names = [...new Set(steps)];
  const within = withinMs * 1_000;
  const before = Number(BigInt(to + 1 - from) * dayMicros);
  const begin = BigInt(from) * dayMicros;
  const until = begin + BigInt(before + within);
  const asked = { steps: steps.map((step) => names.indexOf(step)), before, within };
  const reached = steps.map(() => 0);
  for (let after: string | null = null; ; ) {
    const { rows: ends } = await sql.query(endText(players), [tenant, from, to, after, playersAtOnce - 1]);
    const through: string | null = ends[0] === undefined ? null : endRow.parse(ends[0]).through;
    const { rows } = await sql.query(pageText(events), [tenant, names, begin, until, after, through]);
    for (const done of pageRow.parse(rows[0]).done?.split(';') ?? []) {
      const furthest = furthestStep(asked, eventsIn(done));
      for (let step = 0; step < furthest; step += 1) reached[step]! += 1;
    }
    if (through === null) break;
    after = through;
  }
  return steps.map((step, index) => ({ step, players: reached[index]! }));
}
