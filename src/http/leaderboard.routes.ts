import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isKnownPlayer } from '../commands/known-player.ts';
import { submitScore, withdrawScore } from '../commands/score.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import { decodeBoardCursor, encodeBoardCursor } from '../projections/board-cursor.ts';
import { findSeason } from '../projections/leaderboards.ts';
import { findProfiles } from '../projections/profiles.ts';
import type { RankedEntry } from '../projections/rank-index.ts';
import type { Right } from './caller.ts';
import type { Dependencies } from './dependencies.ts';
import { displayNames } from './display-names.ts';
import { cursorQuery, limitQuery, playerIdText, seasonName } from './fields.ts';
import { boardResponse, scoreBody, scoreResponse, withdrawBody, withdrawResponse } from './leaderboard.schema.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForBoards } from './read.ts';
import { answers } from './route.ts';
import type { Writer } from './write.ts';

const readers: readonly Right[] = [
  'player',
  'ops',
  'admin',
  'scope:scores:write',
  'scope:players:read',
  'scope:nakama',
];
const noMetadata: JsonObject = {};

/** Scores and boards. */
export function leaderboardRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly write: Writer },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;

  app.post(
    '/v1/leaderboards/:season/score',
    {
      schema: {
        tags: ['leaderboards'],
        summary: 'Submit a score',
        description:
          '`rank` is that of the standing entry with this score applied. Services name the player in `player_id`.',
        params: z.object({ season: seasonName }),
        body: scoreBody,
        response: answers({ 200: scoreResponse }),
      },
      config: {
        access: { rights: ['player', 'scope:scores:write'] },
        contract: {
          idempotency: 'required',
          errors: [
            'SEASON_NOT_FOUND',
            'PLAYER_NOT_FOUND',
            'TOURNAMENT_ENTRIES_CLOSED',
            'TOURNAMENT_FULL',
            'SEASON_NOT_OPEN',
            'SEASON_CLOSED',
            'SCORE_OUT_OF_RANGE',
          ],
        },
      },
    },
    (request, reply) => {
      const { body } = request;
      const caller = signedInOf(request);
      const submit = (playerId: PlayerId) => {
        const command = {
          type: 'SubmitScore',
          season: request.params.season as SeasonName,
          playerId,
          attempt: { score: body.score, subscore: body.subscore ?? 0 },
          metadata: body.metadata === undefined ? noMetadata : (body.metadata as JsonObject),
          by: caller.kind === 'player' ? 'player' : 'service',
          now: now(),
        } as const;
        return write<{ readonly rank: number }>(request, reply, {
          tenant: caller.tenant,
          actor: caller.actor,
          key: 'required',
          run: (context) => submitScore(runtime, command, context),
          answer: ({ rank }) => `{"rank":${rank}}`,
          refusal: (code) => (code === 'SUBMISSION_NOT_ALLOWED' ? 'FORBIDDEN' : code),
        });
      };
      if (caller.kind === 'player') {
        if (body.player_id !== undefined)
          throw new Problem('FORBIDDEN', [{ field: 'body.player_id', problem: 'is for services only' }]);
        return submit(caller.playerId);
      }
      if (body.player_id === undefined) throw invalid('body.player_id', 'must name the player whose score it is');
      const playerId = body.player_id as PlayerId;
      return isKnownPlayer(runtime, caller.tenant, playerId).then((known) => {
        if (!known) throw new Problem('PLAYER_NOT_FOUND');
        return submit(playerId);
      });
    },
  );

  app.post(
    '/v1/leaderboards/:season/withdraw',
    {
      schema: {
        tags: ['leaderboards'],
        summary: 'Take a score back; the record before it stands again',
        description: 'Withdrawing a withdrawn score changes nothing.',
        params: z.object({ season: seasonName }),
        body: withdrawBody,
        response: answers({ 200: withdrawResponse }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { idempotency: 'optional', errors: ['SCORE_NOT_FOUND', 'SCORE_OUT_OF_RANGE', 'SEASON_ARCHIVED'] },
      },
    },
    (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { player_id, event_id } = request.body;
      const season = request.params.season as SeasonName;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) =>
          withdrawScore(
            runtime,
            { type: 'WithdrawScore', season, playerId: player_id as PlayerId, eventId: event_id },
            context,
          ),
        answer: () => JSON.stringify({ season, player_id, event_id, withdrawn: true }),
      });
    },
  );

  const boardOf = async (tenant: TenantId, season: SeasonName) => {
    const board = reads.boards.open(tenant, season) ?? (await reads.boards.read(tenant, season));
    if (board.size === 0 && (await findSeason(reads.sql, reads.generations, tenant, season)) === null)
      throw new Problem('SEASON_NOT_FOUND');
    return board;
  };
  const named = async (tenant: TenantId, entries: readonly RankedEntry[]) => {
    const players = entries.map(({ playerId }) => playerId);
    const profiles = await findProfiles(reads.sql, reads.generations, tenant, players);
    const names = await displayNames(dependencies, tenant, profiles);
    return entries.map(({ rank, playerId, score, subscore, reachedAt }) => ({
      rank,
      player_id: playerId,
      display_name: names.get(playerId) ?? null,
      score,
      subscore,
      reached_at: new Date(reachedAt / 1000).toISOString(),
    }));
  };

  app.get(
    '/v1/leaderboards/:season',
    {
      schema: {
        tags: ['leaderboards'],
        summary: 'A page of a leaderboard',
        description: 'Equal scores: who reached it first, then the player id.',
        params: z.object({ season: seasonName }),
        querystring: z.object({ limit: limitQuery, cursor: cursorQuery }),
        response: answers({ 200: boardResponse }),
      },
      config: { access: { rights: readers }, contract: { waitsFor: true, errors: ['SEASON_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : decodeBoardCursor(cursor);
      if (after === null) throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
      await waitForBoards(request, dependencies, ['profiles']);
      const board = await boardOf(tenant, request.params.season as SeasonName);
      const found = after === undefined ? board.page(1, limit + 1) : board.pageAfter(after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last !== undefined ? encodeBoardCursor(last.key) : null;
      return sendRead(request, reply, { entries: await named(tenant, page), next_cursor: next });
    },
  );

  app.get(
    '/v1/leaderboards/:season/around/:player_id',
    {
      schema: {
        tags: ['leaderboards'],
        summary: 'The entries around a player',
        params: z.object({ season: seasonName, player_id: playerIdText }),
        querystring: z.object({ limit: limitQuery }),
        response: answers({ 200: boardResponse }),
      },
      config: {
        access: { rights: readers },
        contract: { waitsFor: true, errors: ['SEASON_NOT_FOUND', 'ENTRY_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { season, player_id } = request.params;
      await waitForBoards(request, dependencies, ['profiles']);
      const board = await boardOf(tenant, season as SeasonName);
      const entries = board.around(player_id as PlayerId, request.query.limit);
      if (entries.length === 0) throw new Problem('ENTRY_NOT_FOUND');
      return sendRead(request, reply, { entries: await named(tenant, entries), next_cursor: null });
    },
  );
}
