import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isKnownPlayer } from '../commands/known-player.ts';
import { submitScore } from '../commands/score.ts';
import { changeTournament, enterTournament, latestOccurrence } from '../commands/tournament.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PlayerId, SeasonName, TenantId, TournamentName } from '../events/ids.ts';
import { findTournament, listOccurrences, listTournaments } from '../projections/tournaments.ts';
import type { Right } from './caller.ts';
import type { Dependencies } from './dependencies.ts';
import { idempotencyKeyField, limitQuery, nextCursor, seasonName } from './fields.ts';
import { scoreBody } from './leaderboard.schema.ts';
import { playerOf, signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { rewardsOf } from './rewards.ts';
import { answers } from './route.ts';
import {
  occurrenceResponse,
  shownOccurrence,
  shownTournament,
  tournamentBody,
  tournamentName,
  tournamentResponse,
} from './tournament.schema.ts';
import type { Writer } from './write.ts';

const readers: readonly Right[] = [
  'player',
  'ops',
  'admin',
  'scope:scores:write',
  'scope:players:read',
  'scope:nakama',
];
const tournamentParams = z.object({ tournament: tournamentName });
const entryErrors = [
  'TOURNAMENT_NOT_FOUND',
  'TOURNAMENT_NOT_RUNNING',
  'TOURNAMENT_ENTRIES_CLOSED',
  'TOURNAMENT_FULL',
] as const;

/** Tournaments: seasons that come again. Boards of their occurrences are those of their seasons. */
export function tournamentRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly write: Writer },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, schedule, now } = dependencies;

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
    '/v1/tournaments',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'Schedule a tournament',
        description:
          'Each time of `cron` (UTC) begins an occurrence: a season of its own, that closes, pays and is archived like any other.',
        body: tournamentBody,
        response: answers({ 201: tournamentResponse }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['TOURNAMENT_EXISTS', 'REWARDS_OVERLAP'] },
      },
    },
    (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { body } = request;
      const tournament = body.tournament as TournamentName;
      if (!schedule.isValid(body.cron)) throw invalid('body.cron', 'must be a cron expression of five parts');
      const first = schedule.next(body.cron, now() - 1);
      const endsAt = body.ends_at ? new Date(body.ends_at).toISOString() : null;
      if (first === null || (endsAt !== null && first >= Date.parse(endsAt)))
        throw invalid('body.cron', 'must have a time before the tournament ends');
      const rules = {
        operator: body.operator,
        submitBy: body.submit_by,
        cron: body.cron,
        durationMs: body.duration_s * 1_000,
        entryMs: Math.min(body.entry_s ?? body.duration_s, body.duration_s) * 1_000,
        maxEntries: body.max_entries ?? null,
        rewards: [...rewardsOf(body.rewards)],
        endsAt,
      };
      const nextAt = new Date(first).toISOString();
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) =>
          changeTournament(runtime, { type: 'ScheduleTournament', tournament, ...rules, nextAt }, context),
        answer: () => JSON.stringify(shownTournament({ tournament, ...rules, nextAt })),
        status: 201,
        location: `/v1/tournaments/${tournament}`,
      });
    },
  );

  app.post(
    '/v1/tournaments/:tournament/end',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'End a tournament: no further occurrence begins',
        description: 'The one that runs goes on to its end. Ending an ended tournament changes nothing.',
        params: tournamentParams,
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({ 200: z.object({ tournament: tournamentName, next_at: z.null() }) }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['TOURNAMENT_NOT_FOUND'] },
      },
    },
    (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const tournament = request.params.tournament as TournamentName;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeTournament(runtime, { type: 'EndTournament', tournament }, context),
        answer: () => JSON.stringify({ tournament, next_at: null }),
      });
    },
  );

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
      const byPlayer = caller.kind === 'player';
      if (byPlayer && body.player_id !== undefined)
        throw new Problem('FORBIDDEN', [{ field: 'body.player_id', problem: 'is for services only' }]);
      const playerId = byPlayer ? caller.playerId : (body.player_id as PlayerId | undefined);
      if (playerId === undefined) throw invalid('body.player_id', 'must name the player whose score it is');
      if (!byPlayer && !(await isKnownPlayer(runtime, tenant, playerId))) throw new Problem('PLAYER_NOT_FOUND');
      const season = await running(tenant, request.params.tournament as TournamentName);
      const command = {
        type: 'SubmitScore',
        season,
        playerId,
        attempt: { score: body.score, subscore: body.subscore ?? 0 },
        metadata: (body.metadata ?? {}) as JsonObject,
        by: byPlayer ? 'player' : 'service',
        now: now(),
      } as const;
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
    '/v1/tournaments',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'All tournaments, by name',
        querystring: z.object({ limit: limitQuery, cursor: tournamentName.optional() }),
        response: answers({ 200: z.object({ items: z.array(tournamentResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: readers }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['tournaments']);
      const rows = await listTournaments(reads.sql, reads.generations, tenant, {
        after: cursor ?? '',
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      return sendRead(request, reply, {
        items: page.map(shownTournament),
        next_cursor: rows.length > limit ? (page.at(-1)?.tournament ?? null) : null,
      });
    },
  );

  app.get(
    '/v1/tournaments/:tournament',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'A tournament',
        params: tournamentParams,
        response: answers({ 200: tournamentResponse }),
      },
      config: { access: { rights: readers }, contract: { waitsFor: true, errors: ['TOURNAMENT_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      await waitForRows(request, dependencies, ['tournaments']);
      const tournament = request.params.tournament as TournamentName;
      const row = await findTournament(reads.sql, reads.generations, tenant, tournament);
      if (row === null) throw new Problem('TOURNAMENT_NOT_FOUND');
      return sendRead(request, reply, shownTournament(row));
    },
  );

  app.get(
    '/v1/tournaments/:tournament/occurrences',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'Occurrences of a tournament, the latest first',
        description:
          'Boards and final ranks are those of `season`: GET /v1/leaderboards/{season} and GET /v1/seasons/{season}/history.',
        params: tournamentParams,
        querystring: z.object({ limit: limitQuery, cursor: seasonName.optional() }),
        response: answers({ 200: z.object({ items: z.array(occurrenceResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: readers }, contract: { waitsFor: true, errors: ['TOURNAMENT_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const tournament = request.params.tournament as TournamentName;
      await waitForRows(request, dependencies, ['tournaments']);
      if ((await findTournament(reads.sql, reads.generations, tenant, tournament)) === null)
        throw new Problem('TOURNAMENT_NOT_FOUND');
      const page = { before: cursor ?? null, limit: limit + 1 };
      const rows = await listOccurrences(reads.sql, reads.generations, { tenant, tournament }, page);
      const shown = rows.slice(0, limit);
      return sendRead(request, reply, {
        items: shown.map((row) => shownOccurrence(row, now())),
        next_cursor: rows.length > limit ? (shown.at(-1)?.season ?? null) : null,
      });
    },
  );
}
