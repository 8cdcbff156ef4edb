import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeTournament } from '../commands/tournament.ts';
import type { TournamentName } from '../events/ids.ts';
import { findTournament, listOccurrences, listTournaments } from '../projections/tournament-queries.ts';
import { boardReaders } from './boards.ts';
import { idempotencyKeyField, limitQuery, nextCursor, seasonName } from './fields.ts';
import { signedInOf } from './player-caller.ts';
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
  tournamentParams,
  tournamentResponse,
} from './tournament.schema.ts';
import type { WritingDependencies } from './write.ts';

/** Tournaments: seasons that come again. Boards of their occurrences are those of their seasons. */
export function tournamentRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, schedule, now } = dependencies;

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

  app.get(
    '/v1/tournaments',
    {
      schema: {
        tags: ['tournaments'],
        summary: 'All tournaments, by name',
        querystring: z.object({ limit: limitQuery, cursor: tournamentName.optional() }),
        response: answers({ 200: z.object({ items: z.array(tournamentResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: boardReaders }, contract: { waitsFor: true } },
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
      config: { access: { rights: boardReaders }, contract: { waitsFor: true, errors: ['TOURNAMENT_NOT_FOUND'] } },
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
      config: { access: { rights: boardReaders }, contract: { waitsFor: true, errors: ['TOURNAMENT_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      const tournament = request.params.tournament as TournamentName;
      await waitForRows(request, dependencies, ['tournaments', 'tournament_entries']);
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
