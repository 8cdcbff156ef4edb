import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { submitScore, withdrawScore } from '../commands/score.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import { boardCursor, boardOf, boardPageQuery, boardReaders, sendBoardPage, shownEntries } from './boards.ts';
import { limitQuery, playerIdText, seasonName } from './fields.ts';
import { boardResponse, scoreBody, scoreResponse, withdrawBody, withdrawResponse } from './leaderboard.schema.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForBoards } from './read.ts';
import { answers } from './route.ts';
import { scorerOf, submissionOf } from './score-submission.ts';
import type { WritingDependencies } from './write.ts';

/** Scores and boards. */
export function leaderboardRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, write, now } = dependencies;

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
      const season = request.params.season as SeasonName;
      const submit = (playerId: PlayerId) => {
        const command = submissionOf(caller, body, { season, playerId, now: now() });
        return write<{ readonly rank: number }>(request, reply, {
          tenant: caller.tenant,
          actor: caller.actor,
          key: 'required',
          run: (context) => submitScore(runtime, command, context),
          answer: ({ rank }) => `{"rank":${rank}}`,
          refusal: (code) => (code === 'SUBMISSION_NOT_ALLOWED' ? 'FORBIDDEN' : code),
        });
      };
      const scorer = scorerOf(runtime, caller, body);
      return typeof scorer === 'string' ? submit(scorer) : scorer.then(submit);
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

  app.get(
    '/v1/leaderboards/:season',
    {
      schema: {
        tags: ['leaderboards'],
        summary: 'A page of a leaderboard',
        description: 'Equal scores: who reached it first, then the player id.',
        params: z.object({ season: seasonName }),
        querystring: boardPageQuery,
        response: answers({ 200: boardResponse }),
      },
      config: { access: { rights: boardReaders }, contract: { waitsFor: true, errors: ['SEASON_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const after = boardCursor(cursor);
      await waitForBoards(request, dependencies, ['profiles']);
      const board = await boardOf(request, dependencies, tenant, request.params.season as SeasonName);
      return sendBoardPage(request, reply, dependencies, { tenant, board }, { after, limit });
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
        access: { rights: boardReaders },
        contract: { waitsFor: true, errors: ['SEASON_NOT_FOUND', 'ENTRY_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { season, player_id } = request.params;
      await waitForBoards(request, dependencies, ['profiles']);
      const board = await boardOf(request, dependencies, tenant, season as SeasonName);
      const entries = board.around(player_id as PlayerId, request.query.limit);
      if (entries.length === 0) throw new Problem('ENTRY_NOT_FOUND');
      return sendRead(request, reply, {
        entries: await shownEntries(dependencies, tenant, entries),
        next_cursor: null,
      });
    },
  );
}
