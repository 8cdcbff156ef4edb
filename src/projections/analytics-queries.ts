import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { countsTable, eventsTable } from './analytics-tables.ts';
import type { DayRange } from './days.ts';
import { physicalName } from './table.ts';

const bigint = z.coerce.bigint();
const eventRow = z
  .object({
    event_id: z.string(),
    player_id: z.string(),
    name: z.string(),
    at: bigint,
    device_at: bigint,
    received_at: bigint,
    batch: bigint,
    ordinal: z.coerce.number(),
    measures: z.string().transform((text) => z.record(z.string(), z.number()).parse(JSON.parse(text))),
    properties: z.string().nullable(),
    experiment: z.string().nullable(),
    cohort: z.string().nullable(),
  })
  .transform(({ event_id, player_id, device_at, received_at, ...row }) => ({
    ...row,
    eventId: event_id,
    playerId: player_id as PlayerId,
    deviceAt: device_at,
    receivedAt: received_at,
  }));

/** An analytics event as the read model knows it. @property properties ciphertext; @property at, deviceAt, receivedAt µs since 1970
 *  @property batch, ordinal its place in what was told of the player */
export type AnalyticsEventRow = z.infer<typeof eventRow>;

/** Where a page begins: after this event. */
export type AnalyticsPlace = Pick<AnalyticsEventRow, 'at' | 'playerId' | 'batch' | 'ordinal'>;

/** What is looked for; null = anything. @property from, to µs since 1970, inclusive and exclusive */
export type AnalyticsSearch = {
  readonly playerId: PlayerId | null;
  readonly name: string | null;
  readonly experiment: string | null;
  readonly cohort: string | null;
  readonly from: bigint | null;
  readonly to: bigint | null;
};

const columns = `event_id::text AS event_id, player_id::text AS player_id, name, at, device_at, received_at, batch, ordinal, measures,
  properties, experiment, cohort`;
const newest: AnalyticsPlace = {
  at: 2n ** 62n,
  playerId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' as PlayerId,
  batch: 0n,
  ordinal: 0,
};

/** Analytics events of a tenant, the newest first. Each thing that is looked for has its index, so the database can go through it in order. */
export async function searchAnalyticsEvents(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  search: AnalyticsSearch,
  { after, limit }: { readonly after: AnalyticsPlace | null; readonly limit: number },
): Promise<readonly AnalyticsEventRow[]> {
  const { at, playerId, batch, ordinal } = after ?? newest;
  const params: unknown[] = [tenant, at, playerId, batch, ordinal, limit];
  const wanted = [
    ['player_id = ', search.playerId, 'uuid'],
    ['name = ', search.name, 'text'],
    ['experiment = ', search.experiment, 'text'],
    ['cohort = ', search.cohort, 'text'],
    ['at >= ', search.from, 'bigint'],
    ['at < ', search.to, 'bigint'],
  ] as const;
  const conditions = wanted.flatMap(([column, value, type]) =>
    value === null ? [] : [` AND ${column}$${params.push(value)}::${type}`],
  );
  const { rows } = await sql.query(
    `SELECT ${columns} FROM ${physicalName(eventsTable, await generations.of('analytics'))}
     WHERE tenant = $1::text AND at <= $2::bigint AND (at, player_id, batch, ordinal) < ($2::bigint, $3::uuid, $4::bigint, $5::int)${conditions.join('')}
     ORDER BY at DESC, player_id DESC, batch DESC, ordinal DESC LIMIT $6::bigint`,
    params,
  );
  return rows.map((row) => eventRow.parse(row));
}

const countRow = z.object({ day: z.coerce.number(), name: z.string(), events: z.coerce.number() });
/** How many events of a name happened on a day. */
export type EventCount = z.infer<typeof countRow>;

/** How often what happened, the latest day first, then by name. */
export async function eventCounts(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  { from, to, name }: DayRange & { readonly name: string | null },
  { after, limit }: { readonly after: Pick<EventCount, 'day' | 'name'> | null; readonly limit: number },
): Promise<readonly EventCount[]> {
  const { rows } = await sql.query(
    `SELECT day, name, sum(events) AS events FROM ${physicalName(countsTable, await generations.of('analytics'))}
     WHERE tenant = $1::text AND day >= $2::int AND day <= $3::int AND ($4::text IS NULL OR name = $4::text)
       AND (-day, name) > ($5::int, $6::text)
     GROUP BY day, name ORDER BY day DESC, name LIMIT $7::bigint`,
    [tenant, from, to, name, after === null ? -to - 1 : -after.day, after?.name ?? '', limit],
  );
  return rows.map((row) => countRow.parse(row));
}
