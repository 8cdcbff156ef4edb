import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findMatch, playCommand, reportResult } from '../commands/match.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { MatchId, PlayerId } from '../events/ids.ts';
import { decodeMatchCursor, encodeMatchCursor } from '../projections/match-cursor.ts';
import { matchesOf } from '../projections/matches.ts';
import { countRequest } from './access.ts';
import { cursorQuery, limitQuery } from './fields.ts';
import {
  commandBody,
  matchBody,
  matchIdText,
  matchResponse,
  playedBody,
  playedResponse,
  resultBody,
} from './match.schema.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const params = z.object({ match_id: matchIdText });

/** Matches: what their players do in them, how they stand, and how they end. A single match is read from its stream, so an
 *  answer is never behind a write. */
export function matchRoutes(
  instance: FastifyInstance,
  dependencies: WritingDependencies & { readonly limiter: RateLimiter },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, limiter, now } = dependencies;

  app.post(
    '/v1/matches/:match_id/command',
    {
      schema: {
        tags: ['matches'],
        summary: 'Do something in a match',
        description: 'The command is checked against the state of the match and recorded.',
        params,
        body: commandBody,
        response: answers({ 200: z.object({ accepted: z.literal(true) }) }),
      },
      config: {
        access: { rights: ['player'], ownLimit: true },
        contract: {
          idempotency: 'required',
          errors: ['MATCH_NOT_FOUND', 'NOT_A_PARTICIPANT', 'MATCH_ENDED', 'ILLEGAL_COMMAND'],
        },
      },
      preHandler: async (request, reply) => {
        const { tenant, playerId } = playerOf(request);
        const exceeded = countRequest(limiter, reply, 'matchCommand', `${tenant}/${playerId}`);
        if (exceeded !== undefined) throw exceeded;
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const { command, payload } = request.body;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) =>
          playCommand(
            runtime,
            {
              type: 'PlayCommand',
              matchId: request.params.match_id as MatchId,
              playerId,
              command,
              payload: payload as JsonObject,
              now: context.now,
            },
            context,
          ),
        answer: () => '{"accepted":true}',
      });
    },
  );

  app.post(
    '/v1/matches/:match_id/result',
    {
      schema: {
        tags: ['matches'],
        summary: 'Report the result of a match',
        description: 'For the host of matches: ends the match. A match that has ended keeps its result.',
        params,
        body: resultBody,
        response: answers({ 200: z.object({ match_id: matchIdText, status: z.literal('ended') }) }),
      },
      config: {
        access: { rights: ['scope:matches:write', 'scope:nakama'] },
        contract: { idempotency: 'optional', errors: ['MATCH_NOT_FOUND', 'MATCH_ENDED', 'RESULT_INCOMPLETE'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { teams, scores } = request.body;
      const matchId = request.params.match_id as MatchId;
      const command = {
        type: 'ReportResult',
        matchId,
        places: new Map(teams.map(({ team, place }) => [team, place])),
        scores: new Map(scores.map(({ player_id, score }) => [player_id as PlayerId, score])),
      } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => reportResult(runtime, command, context),
        answer: () => JSON.stringify({ match_id: matchId, status: 'ended' }),
      });
    },
  );

  app.get(
    '/v1/matches',
    {
      schema: {
        tags: ['matches'],
        summary: "The caller's matches, the newest first",
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: playedResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const { limit, cursor } = request.query;
      const before = cursor === undefined ? null : decodeMatchCursor(cursor);
      if (cursor !== undefined && before === null)
        throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
      await waitForRows(request, dependencies, ['matches']);
      const found = await matchesOf(reads.sql, reads.generations, { tenant, playerId }, before, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return sendRead(request, reply, {
        items: page.map(playedBody),
        next_cursor: found.length > limit && last !== undefined ? encodeMatchCursor(last) : null,
      });
    },
  );

  app.get(
    '/v1/matches/:match_id',
    {
      schema: {
        tags: ['matches'],
        summary: 'How a match stands, or ended',
        description: 'Players see the matches that they play in.',
        params,
        response: answers({ 200: matchResponse }),
      },
      config: {
        access: { rights: ['player', 'ops', 'admin', 'scope:matches:write', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true, errors: ['MATCH_NOT_FOUND', 'NOT_A_PARTICIPANT'] },
      },
    },
    async (request, reply) => {
      const caller = signedInOf(request);
      await waitForRows(request, dependencies, []);
      const matchId = request.params.match_id as MatchId;
      const match = await findMatch(runtime, caller.tenant, matchId, now());
      if (match === null) throw new Problem('MATCH_NOT_FOUND');
      const plays = (playerId: PlayerId) =>
        match.teams.some(({ players }) => players.some((player) => player.playerId === playerId));
      if (caller.kind === 'player' && !plays(caller.playerId)) throw new Problem('NOT_A_PARTICIPANT');
      return sendRead(request, reply, matchBody(matchId, match));
    },
  );
}
