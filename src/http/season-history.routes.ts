import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readScores } from '../commands/score.ts';
import type { PlayerId, SeasonName } from '../events/ids.ts';
import { finalRanksPage } from '../projections/season-history.ts';
import { findSeason } from '../projections/season-queries.ts';
import { boardReaders, shownEntries } from './boards.ts';
import type { Dependencies } from './dependencies.ts';
import { instant, limitQuery, nextCursor, playerIdText, scoreNumber, seasonName } from './fields.ts';
import { boardResponse } from './leaderboard.schema.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';

const placeQuery = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'must be the `next_cursor` of the page before')
  .optional()
  .meta({ description: '`next_cursor` of the page before.' });

const scoreItem = z.object({
  event_id: z.uuid().meta({ description: 'What a withdrawal names.', example: '5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a' }),
  score: scoreNumber,
  subscore: scoreNumber,
  submitted_at: instant,
  withdrawn: z.boolean().meta({ example: false }),
});

/** What seasons leave behind: final ranks, and the scores that a player submitted. */
export function seasonHistoryRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads } = dependencies;

  app.get(
    '/v1/seasons/:season/history',
    {
      schema: {
        tags: ['seasons'],
        summary: 'Final ranks of an archived season',
        description: 'A season is archived in the night after it closed; from then on no score is withdrawn.',
        params: z.object({ season: seasonName }),
        querystring: z.object({ limit: limitQuery, cursor: placeQuery }),
        response: answers({ 200: boardResponse }),
      },
      config: {
        access: { rights: boardReaders },
        contract: { errors: ['SEASON_NOT_FOUND', 'SEASON_NOT_ARCHIVED'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const season = request.params.season as SeasonName;
      const { limit, cursor } = request.query;
      const page = { after: Number(cursor ?? 0), limit: limit + 1 };
      const rows = await finalRanksPage(reads.sql, tenant, season, page);
      if (rows === null) {
        const known = await findSeason(reads.sql, reads.generations, tenant, season);
        throw new Problem(known === null ? 'SEASON_NOT_FOUND' : 'SEASON_NOT_ARCHIVED');
      }
      const shown = rows.slice(0, limit);
      return sendRead(request, reply, {
        entries: await shownEntries(dependencies, tenant, shown),
        next_cursor: rows.length > limit ? String(shown.at(-1)?.rank) : null,
      });
    },
  );

  app.get(
    '/v1/leaderboards/:season/scores/:player_id',
    {
      schema: {
        tags: ['leaderboards'],
        summary: "A player's scores in a season, the latest first",
        description: '`event_id` is what a withdrawal names. Read from the log, so there is nothing to wait for.',
        params: z.object({ season: seasonName, player_id: playerIdText }),
        querystring: z.object({ limit: limitQuery, cursor: placeQuery }),
        response: answers({ 200: z.object({ items: z.array(scoreItem), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['ops'] }, contract: { errors: ['ENTRY_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { season, player_id } = request.params;
      const { limit, cursor } = request.query;
      const { attempts } = await readScores(runtime, tenant, season as SeasonName, player_id as PlayerId);
      if (attempts.length === 0) throw new Problem('ENTRY_NOT_FOUND');
      // the number of scores before the page: those only grow at the other end
      const end = Math.min(attempts.length, cursor === undefined ? attempts.length : Number(cursor));
      const start = Math.max(0, end - limit);
      const items = attempts.slice(start, end).reverse();
      return sendRead(request, reply, {
        items: items.map(({ eventId, score, subscore, reached, withdrawn }) => ({
          event_id: eventId,
          score,
          subscore,
          submitted_at: timeOf(reached.recordedAt),
          withdrawn,
        })),
        next_cursor: start > 0 ? String(start) : null,
      });
    },
  );
}
