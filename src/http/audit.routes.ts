import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PlayerId } from '../events/ids.ts';
import { searchAudit } from '../projections/audit.ts';
import { decodeAuditCursor, encodeAuditCursor } from './audit-cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { cursorQuery, instant, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';

const eventType = z
  .string()
  .regex(/^[A-Za-z]{1,64}$/, 'must be the name of an event')
  .meta({ description: 'Name of an event.', example: 'SeasonOpened' });
const actorText = z
  .string()
  .regex(/^[!-~]{1,128}$/, 'must be 1 to 128 visible ASCII characters')
  .meta({ description: 'A player id, `operator:<name>` or `service:<key id>`.', example: 'operator:kim' });

const entryResponse = z.object({
  event_id: z.uuid().meta({ example: '6d6f9a4e-6f1c-4b7e-9d0a-3f2c1a7b8d9e' }),
  type: eventType,
  actor: actorText.nullable(),
  subject: z.string().meta({ description: 'The stream that the event is in.', example: 'season-default_spring-2026' }),
  player_id: playerIdText.nullable().meta({ description: 'Whom it is about; null when that is no player.' }),
  occurred_at: instant.nullable(),
  recorded_at: instant,
  request_id: z
    .string()
    .nullable()
    .meta({ description: 'X-Request-Id of the request that began it.', example: 'req-1' }),
  caused_by: z.string().nullable().meta({ description: 'The event or message that it answers.', example: null }),
});

const micros = (time: string | undefined): bigint | null =>
  time === undefined ? null : BigInt(Date.parse(time)) * 1000n;

/** Who did what. */
export function auditRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads } = dependencies;

  app.get(
    '/v1/audit',
    {
      schema: {
        tags: ['operations'],
        summary: 'Who did what, the newest first',
        description:
          'All that operators and services did in the tenant, and what players did to the security of their accounts. Holds no personal data of players.',
        querystring: z.object({
          actor: actorText.optional(),
          player_id: playerIdText.optional(),
          type: eventType.optional(),
          from: instant.optional().meta({ description: 'Recorded then or later.' }),
          to: instant.optional().meta({ description: 'Recorded before.' }),
          limit: limitQuery,
          cursor: cursorQuery,
        }),
        response: answers({ 200: z.object({ items: z.array(entryResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['admin'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { actor, player_id, type, from, to, limit, cursor } = request.query;
      const after = decodeAuditCursor(cursor);
      await waitForRows(request, dependencies, ['audit']);
      const search = {
        actor: actor ?? null,
        playerId: (player_id as PlayerId | undefined) ?? null,
        type: type ?? null,
        from: micros(from),
        to: micros(to),
      };
      const found = await searchAudit(reads.sql, reads.generations, tenant, search, { after, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return sendRead(request, reply, {
        items: page.map((entry) => ({
          event_id: entry.eventId,
          type: entry.type,
          actor: entry.actor,
          subject: entry.streamId,
          player_id: entry.playerId,
          occurred_at: entry.occurredAt,
          recorded_at: timeOf(entry.recordedAt),
          request_id: entry.correlationId,
          caused_by: entry.causationId,
        })),
        next_cursor: last === undefined ? null : encodeAuditCursor(last),
      });
    },
  );
}
