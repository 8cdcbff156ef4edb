import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeSession } from '../commands/session.ts';
import type { PlayerId, SessionId } from '../events/ids.ts';
import { listSessions, type SessionRow } from '../projections/sessions.ts';
import { maxTokenLifeS } from '../security/keys.ts';
import { cursorQuery, instant, limitQuery, nextCursor } from './fields.ts';
import { playerOf } from './player-caller.ts';
import { invalid } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const sessionId = z.uuid('must be a session id').meta({
  description: 'A sign-in.',
  example: '5d3c9f0e-0d0a-4b52-8f4e-2a9c1b7e6d10',
});
const client = z.object({ ip: z.string(), userAgent: z.string().nullable() });
const sessionItem = z.object({
  id: sessionId,
  method: z.enum(['device', 'email', 'social']).meta({ example: 'device' }),
  ip: z.string().nullable().meta({ description: 'Where it was signed in from.', example: '203.0.113.7' }),
  user_agent: z.string().nullable().meta({ example: 'MyGame/1.4 (Android 15)' }),
  started_at: instant,
  refreshed_at: instant,
  current: z.boolean().meta({ description: 'Whether it is the session of this request.', example: true }),
});

type Place = Pick<SessionRow, 'startedAt' | 'sessionId'>;
const place = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()]);
const encodePlace = ({ startedAt, sessionId: id }: Place): string =>
  Buffer.from(JSON.stringify([String(startedAt), id])).toString('base64url');
function decodePlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    const [startedAt, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { startedAt: BigInt(startedAt), sessionId: id as SessionId };
  } catch {
    throw invalid('query.cursor', 'is not a cursor of this list');
  }
}

/** The sign-ins of a player: seeing and ending them. */
export function sessionRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, personalData, write, now } = dependencies;
  const access = { rights: ['player'] } as const;

  app.get(
    '/v1/sessions',
    {
      schema: {
        tags: ['auth'],
        summary: "The caller's sign-ins that count, the newest first",
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: z.object({ items: z.array(sessionItem), next_cursor: nextCursor }) }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const caller = playerOf(request);
      const { tenant, playerId } = caller;
      const { limit, cursor } = request.query;
      const after = decodePlace(cursor);
      await waitForRows(request, dependencies, ['sessions']);
      const rows = await listSessions(reads.sql, reads.generations, caller, { now: now(), after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const clients = await personalData.decryptMany(
        page.map((row) => ({ tenant, playerId, field: 'client', ciphertext: row.client })),
      );
      const last = page.at(-1);
      return sendRead(request, reply, {
        items: page.map((row, index) => {
          const text = clients[index] ?? null;
          const from = text === null ? null : client.parse(JSON.parse(text));
          return {
            id: row.sessionId,
            method: row.method,
            ip: from?.ip ?? null,
            user_agent: from?.userAgent ?? null,
            started_at: timeOf(row.startedAt),
            refreshed_at: timeOf(row.refreshedAt),
            current: row.sessionId === caller.sessionId,
          };
        }),
        next_cursor: rows.length > limit && last !== undefined ? encodePlace(last) : null,
      });
    },
  );

  app.delete(
    '/v1/sessions/:session_id',
    {
      schema: {
        tags: ['auth'],
        summary: "End one of the caller's sign-ins, on all nodes within 2 s",
        description: 'Ending it again changes nothing.',
        params: z.object({ session_id: sessionId }),
        response: answers({ 204: z.null() }),
      },
      config: { access, contract: { idempotency: 'optional', errors: ['SESSION_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const command = {
        type: 'RevokeSession',
        sessionId: request.params.session_id.toLowerCase() as SessionId,
        playerId,
        reason: 'revoked',
        tokensExpireAt: new Date(now() + maxTokenLifeS * 1000).toISOString(),
      } as const;
      return write<{ readonly playerId: PlayerId }>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeSession(runtime, command, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
