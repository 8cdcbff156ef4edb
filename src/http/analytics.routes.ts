import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { collectAnalytics } from '../commands/analytics.ts';
import { maxEventsInBatch } from '../events/analytics.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId } from '../events/ids.ts';
import { playSessions } from '../projections/play-sessions.ts';
import {
  analyticsEventResponse,
  deviceTime,
  eventFilters,
  experimentFilters,
  playSessionResponse,
  toldEvent,
} from './analytics.schema.ts';
import { decodeAnalyticsCursor } from './analytics-cursor.ts';
import { createEventPages } from './analytics-pages.ts';
import { cursorQuery, idempotencyKeyField, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import { trailOwner } from './trail-owner.ts';
import type { WritingDependencies } from './write.ts';

const dayMs = 86_400_000;
const ownersAndReaders = { rights: ['player', 'ops', 'scope:players:read', 'scope:nakama'] } as const;
const pageOfEvents = answers({ 200: z.object({ items: z.array(analyticsEventResponse), next_cursor: nextCursor }) });

/** @throws Problem when an event has a number that was not declared */
function refuseUnknownMeasures(
  events: readonly { readonly measures?: Readonly<Record<string, number>> | undefined }[],
  allowed: readonly string[],
): void {
  if (allowed.length === 0) return;
  const details = events.flatMap(({ measures = {} }, index) =>
    Object.keys(measures)
      .filter((name) => !allowed.includes(name))
      .map((name) => ({
        field: `body.events.${index}.measures.${name}`,
        problem: `must be one of ${allowed.join(', ')}`,
      })),
  );
  if (details.length > 0) throw new Problem('VALIDATION_FAILED', details);
}

/** Analytics events: told in batches, and looked up. */
export function analyticsRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads, runtime, settings, write, now } = dependencies;
  const gapMs = settings.analytics.sessionGapMinutes * 60_000;
  const maxAgeMs = settings.analytics.maxAgeDays * dayMs;
  const sendPage = createEventPages(dependencies);
  const { measures: allowed } = settings.analytics;

  app.post(
    '/v1/analytics/events',
    {
      schema: {
        tags: ['analytics'],
        summary: 'Tell what the player did',
        description:
          'All events are taken, or none. An event counts once, by its `event_id`, however often and in whatever batches it is told. With `sent_at` a wrong clock of the device does no harm: what it is ahead is taken off.',
        body: z.strictObject({
          events: z
            .array(toldEvent)
            .min(1)
            .max(maxEventsInBatch)
            .superRefine((events, context) => {
              const seen = new Set<string>();
              for (const [index, { event_id }] of events.entries()) {
                if (event_id === undefined) continue;
                if (seen.has(event_id))
                  context.addIssue({ code: 'custom', path: [index, 'event_id'], message: 'must not come twice' });
                seen.add(event_id);
              }
            })
            .meta({ description: `1 to ${maxEventsInBatch} events.` }),
          sent_at: deviceTime.optional().meta({ description: 'The time of sending, by the clock of the device.' }),
          idempotency_key: idempotencyKeyField,
        }),
        response: answers({ 200: z.object({ accepted: z.int().meta({ example: 1 }) }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId, sessionId } = playerOf(request);
      const { events, sent_at } = request.body;
      refuseUnknownMeasures(events, allowed);
      const told = {
        playerId,
        sessionId,
        receivedAt: now(),
        sentAt: sent_at === undefined ? null : Date.parse(sent_at),
        maxAgeMs,
        events: events.map(({ event_id, name, at, measures = {}, properties, experiment, cohort }) => ({
          id: event_id ?? randomUUID(),
          name,
          deviceAt: Date.parse(at),
          measures,
          properties: (properties as JsonObject | undefined) ?? null,
          experiment: experiment ?? null,
          cohort: cohort ?? null,
        })),
      };
      return write<number>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => collectAnalytics(runtime, told, context),
        answer: (accepted) => JSON.stringify({ accepted }),
      });
    },
  );

  app.get(
    '/v1/players/:player_id/events',
    {
      schema: {
        tags: ['analytics'],
        summary: 'The analytics events of a player, the newest first',
        params: z.object({ player_id: playerIdText }),
        querystring: z.object({ ...eventFilters, limit: limitQuery, cursor: cursorQuery }),
        response: pageOfEvents,
      },
      config: {
        access: ownersAndReaders,
        contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const after = decodeAnalyticsCursor(request.query.cursor);
      const { tenant, playerId } = await trailOwner(request, dependencies, request.params.player_id as PlayerId);
      return sendPage(request, reply, tenant, { playerId, ...request.query, after });
    },
  );

  app.get(
    '/v1/players/:player_id/play-sessions',
    {
      schema: {
        tags: ['analytics'],
        summary: 'When a player played, the latest time first',
        description: 'A play session ends where the player did nothing for longer than `analytics.sessionGapMinutes`.',
        params: z.object({ player_id: playerIdText }),
        querystring: z.object({
          limit: limitQuery,
          cursor: z.coerce.number().int().min(0).max(10_000_000).optional().meta({ example: 2_954_880 }),
        }),
        response: answers({ 200: z.object({ items: z.array(playSessionResponse), next_cursor: nextCursor }) }),
      },
      config: { access: ownersAndReaders, contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const owner = await trailOwner(request, dependencies, request.params.player_id as PlayerId);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['analytics']);
      const page = { before: cursor === undefined ? null : BigInt(cursor), limit: limit + 1 };
      const found = await playSessions(reads.sql, reads.generations, owner, gapMs, page);
      const items = found.slice(0, limit);
      return sendRead(request, reply, {
        items: items.map(({ startedAt, endedAt, events }) => ({
          started_at: timeOf(startedAt),
          ended_at: timeOf(endedAt),
          events,
        })),
        next_cursor: found.length > limit ? String(items.at(-1)!.firstSlot) : null,
      });
    },
  );

  app.get(
    '/v1/analytics/events',
    {
      schema: {
        tags: ['analytics'],
        summary: 'Analytics events of all players, the newest first',
        querystring: z.object({ ...eventFilters, ...experimentFilters, limit: limitQuery, cursor: cursorQuery }),
        response: pageOfEvents,
      },
      config: { access: { rights: ['ops'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { experiment, cohort, cursor } = request.query;
      const after = decodeAnalyticsCursor(cursor);
      if (cohort !== undefined && experiment === undefined)
        throw invalid('query.cohort', 'is a cohort of an `experiment`: name that too');
      return sendPage(request, reply, tenant, { playerId: null, ...request.query, after });
    },
  );
}
