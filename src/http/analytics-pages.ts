import type { FastifyReply, FastifyRequest } from 'fastify';
import { propertiesField } from '../commands/analytics.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import {
  type AnalyticsEventRow,
  type AnalyticsPlace,
  searchAnalyticsEvents,
} from '../projections/analytics-queries.ts';
import { encodeAnalyticsCursor } from './analytics-cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { sendRead, waitForRows } from './read.ts';
import { timeOf } from './time.ts';

type Asked = {
  readonly playerId: PlayerId | null;
  readonly name?: string | undefined;
  readonly experiment?: string | undefined;
  readonly cohort?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after: AnalyticsPlace | null;
};

const micros = (time: string | undefined): bigint | null =>
  time === undefined ? null : BigInt(Date.parse(time)) * 1000n;

/** Sends a page of analytics events, their properties in clear. */
export function createEventPages(dependencies: Dependencies) {
  const { reads, personalData } = dependencies;
  const shown = (row: AnalyticsEventRow, properties: string | null) => ({
    event_id: row.eventId,
    player_id: row.playerId,
    name: row.name,
    at: timeOf(row.at),
    device_at: timeOf(row.deviceAt),
    received_at: timeOf(row.receivedAt),
    measures: row.measures,
    properties: properties === null ? null : JSON.parse(properties),
    experiment: row.experiment,
    cohort: row.cohort,
  });

  return async (request: FastifyRequest, reply: FastifyReply, tenant: TenantId, asked: Asked) => {
    const { limit, after } = asked;
    await waitForRows(request, dependencies, ['analytics']);
    const search = {
      playerId: asked.playerId,
      name: asked.name ?? null,
      experiment: asked.experiment ?? null,
      cohort: asked.cohort ?? null,
      from: micros(asked.from),
      to: micros(asked.to),
    };
    const page = { after, limit: limit + 1 };
    const rows = await searchAnalyticsEvents(reads.sql, reads.generations, tenant, search, page);
    const items = rows.slice(0, limit);
    const texts = await personalData.decryptMany(
      items.map(({ playerId, properties }) => ({ tenant, playerId, field: propertiesField, ciphertext: properties })),
    );
    const last = rows.length > limit ? items.at(-1) : undefined;
    return sendRead(request, reply, {
      items: items.map((row, index) => shown(row, texts[index] ?? null)),
      next_cursor: last === undefined ? null : encodeAnalyticsCursor(last),
    });
  };
}
