import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { submitScore } from '../commands/score.ts';
import { enterTournament, latestOccurrence } from '../commands/tournament.ts';
import type { SeasonName, TenantId, TournamentName } from '../events/ids.ts';
import { findOccurrence, findTournament } from '../projections/tournament-queries.ts';
import { boardCursor, boardPageQuery, boardReaders, sendBoardPage } from './boards.ts';
import { idempotencyKeyField, seasonName } from './fields.ts';
import { boardResponse, scoreBody } from './leaderboard.schema.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { waitForBoards } from './read.ts';
import { answers } from './route.ts';
import { scorerOf, submissionOf } from './score-submission.ts';
import { tournamentParams } from './tournament.schema.ts';
import type { WritingDependencies } from './write.ts';

const entryErrors = [
  'TOURNAMENT_NOT_FOUND',
  'TOURNAMENT_NOT_RUNNING',
  'TOURNAMENT_ENTRIES_CLOSED',
  'TOURNAMENT_FULL',
] as const;

/** What players do in tournaments, and how they stand. */
export function tournamentPlayRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;

  /** The season of the occurrence that runs. @throws Problem when there is none */
  const running = async (tenant: TenantId, tournament: TournamentName): Promise<SeasonName> => {
    const { known, season } = await latestOccurrence(runtime, tenant, tournament, now());
    if (season === null) throw new Problem(known ? 'TOURNAMENT_NOT_RUNNING' : 'TOURNAMENT_NOT_FOUND');
    return season;
  };
  /** Between two occurrences the season that was is closed, or not open to anybody. */
  const refusal = (code: string): string =>
    ['SEASON_CLOSED', 'SEASON_NOT_OPEN', 'SEASON_NOT_FOUND'].includes(code)
      ? 'TOURNAMENT_NOT_RUNNING'
      : code === 'SUBMISSION_NOT_ALLOWED'
        ? 'FORBIDDEN'
        : code;

  app.post(
    '/v1/tournaments/:tournament/join',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'Enter the occurrence that runs',
        description: 'A first score enters too. Entering twice changes nothing.',
        params: tournamentParams,
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({ 200: z.object({ season: seasonName }) }),
      },
      config: { access: { rights: ['player'] }, contract: { idempotency: 'optional', errors: [...entryErrors] } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const season = await running(tenant, request.params.tournament as TournamentName);
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => enterTournament(runtime, { season, playerId }, context),
        answer: () => JSON.stringify({ season }),
        refusal,
      });
    },
  );

  app.post(
    '/v1/tournaments/:tournament/score',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'Submit a score to the occurrence that runs',
        description: 'Enters the player where they have not entered. Services name the player in `player_id`.',
        params: tournamentParams,
        body: scoreBody,
        response: answers({ 200: z.object({ rank: z.int().min(1).meta({ example: 1 }), season: seasonName }) }),
      },
      config: {
        access: { rights: ['player', 'scope:scores:write'] },
        contract: { idempotency: 'required', errors: [...entryErrors, 'PLAYER_NOT_FOUND', 'SCORE_OUT_OF_RANGE'] },
      },
    },
    async (request, reply) => {
      const caller = signedInOf(request);
      const { tenant, actor } = caller;
      const { body } = request;
      const playerId = await scorerOf(runtime, caller, body);
      const season = await running(tenant, request.params.tournament as TournamentName);
      const command = submissionOf(caller, body, { season, playerId, now: now() });
      return write<{ readonly rank: number }>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => submitScore(runtime, command, context),
        answer: ({ rank }) => JSON.stringify({ rank, season }),
        refusal,
      });
    },
  );

  app.get(
    '/v1/tournaments/:tournament/leaderboard',
    {
      schema: {
        tags: ['tournaments'],
        summary: "A page of the board of a tournament's occurrence",
        description:
          'Of the latest occurrence, which goes on to be shown when it is over; `season` asks for another one. Pages of one board have the same `season`.',
        params: tournamentParams,
        querystring: boardPageQuery.extend({
          season: seasonName.optional().meta({ description: 'Which occurrence; left out = the latest.' }),
        }),
        response: answers({ 200: boardResponse.extend({ season: seasonName }) }),
      },
      config: {
        access: { rights: boardReaders },
        contract: {
          waitsFor: true,
          errors: ['TOURNAMENT_NOT_FOUND', 'TOURNAMENT_NOT_RUNNING', 'SEASON_NOT_FOUND'],
        },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor, season: wanted } = request.query;
      const after = boardCursor(cursor);
      const tournament = request.params.tournament as TournamentName;
      await waitForBoards(request, dependencies, ['profiles', 'tournaments']);
      const { sql, generations } = reads;
      if ((await findTournament(sql, generations, tenant, tournament)) === null)
        throw new Problem('TOURNAMENT_NOT_FOUND');
      const asked = (wanted as SeasonName | undefined) ?? null;
      const season = await findOccurrence(sql, generations, { tenant, tournament }, asked);
      if (season === null) throw new Problem(asked === null ? 'TOURNAMENT_NOT_RUNNING' : 'SEASON_NOT_FOUND');
      const board = reads.boards.open(tenant, season) ?? (await reads.boards.read(tenant, season));
      return sendBoardPage(request, reply, dependencies, { tenant, board }, { after, limit }, { season });
    },
  );
}
