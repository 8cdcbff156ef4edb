import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeSeason } from '../commands/season.ts';
import type { SeasonName } from '../events/ids.ts';
import { listSeasons } from '../projections/season-queries.ts';
import {
  idempotencyKeyField,
  instant,
  limitQuery,
  newSeasonName,
  nextCursor,
  operatorName,
  seasonName,
} from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { rewardsOf, rewardTiers, shownRewards } from './rewards.ts';
import { answers } from './route.ts';
import { seasonStatus, statusName } from './season-status.ts';
import type { WritingDependencies } from './write.ts';

const submitBy = z
  .enum(['players', 'service'])
  .meta({ description: 'Whether players submit their scores themselves, or services only.', example: 'players' });

const seasonResponse = z.object({
  season: seasonName,
  operator: operatorName,
  opens_at: instant.nullable(),
  closes_at: instant.nullable(),
  submit_by: submitBy,
  rewards: rewardTiers,
  status: statusName,
});

const utc = (time: string | undefined | null): string | null => (time ? new Date(time).toISOString() : null);

/** Seasons: opening, closing, listing. */
export function seasonRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;

  app.post(
    '/v1/seasons',
    {
      schema: {
        tags: ['seasons'],
        summary: 'Open a season',
        body: z.strictObject({
          season: newSeasonName,
          operator: operatorName,
          opens_at: instant.nullish().meta({ description: 'Scores count from then on; left out = at once.' }),
          closes_at: instant.nullish().meta({ description: 'Scores count until then; left out = until it is closed.' }),
          submit_by: submitBy.default('players'),
          rewards: rewardTiers.default([]),
          idempotency_key: idempotencyKeyField,
        }),
        response: answers({ 201: seasonResponse }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: {
          idempotency: 'optional',
          errors: ['SEASON_EXISTS', 'SEASON_ENDS_BEFORE_IT_OPENS', 'REWARDS_OVERLAP'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { body } = request;
      const season = body.season as SeasonName;
      const { operator, submit_by } = body;
      const opensAt = utc(body.opens_at);
      const closesAt = utc(body.closes_at);
      const rewards = rewardsOf(body.rewards);
      const command = {
        type: 'OpenSeason',
        season,
        operator,
        opensAt,
        closesAt,
        submitBy: submit_by,
        rewards,
      } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeSeason(runtime, command, context),
        answer: () => {
          const status = seasonStatus({ status: 'open', opensAt, closesAt }, now());
          const times = { opens_at: opensAt, closes_at: closesAt };
          return JSON.stringify({ season, operator, ...times, submit_by, rewards: shownRewards(rewards), status });
        },
        status: 201,
        location: `/v1/leaderboards/${season}`,
      });
    },
  );

  app.post(
    '/v1/seasons/:season/close',
    {
      schema: {
        tags: ['seasons'],
        summary: 'Close a season: no score counts from then on',
        description: 'Closing a closed season changes nothing.',
        params: z.object({ season: seasonName }),
        body: z.strictObject({ idempotency_key: idempotencyKeyField }).nullish(),
        response: answers({ 200: z.object({ season: seasonName, status: z.literal('closed') }) }),
      },
      config: {
        access: { rights: ['admin'] },
        contract: { idempotency: 'optional', errors: ['SEASON_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const season = request.params.season as SeasonName;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeSeason(runtime, { type: 'CloseSeason', season }, context),
        answer: () => JSON.stringify({ season, status: 'closed' }),
      });
    },
  );

  app.get(
    '/v1/seasons',
    {
      schema: {
        tags: ['seasons'],
        summary: 'All seasons, by name',
        querystring: z.object({ limit: limitQuery, cursor: seasonName.optional() }),
        response: answers({ 200: z.object({ items: z.array(seasonResponse), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: ['player', 'ops', 'admin', 'scope:scores:write', 'scope:players:read', 'scope:nakama'] },
        contract: { waitsFor: true },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['leaderboards']);
      const rows = await listSeasons(reads.sql, reads.generations, tenant, { after: cursor ?? '', limit: limit + 1 });
      const page = rows.slice(0, limit);
      const body = {
        items: page.map((row) => ({
          season: row.season,
          operator: row.operator,
          opens_at: row.opensAt,
          closes_at: row.closesAt,
          submit_by: row.submitBy,
          rewards: shownRewards(row.rewards),
          status: seasonStatus(row, now()),
        })),
        next_cursor: rows.length > limit ? (page.at(-1)?.season ?? null) : null,
      };
      return sendRead(request, reply, body);
    },
  );
}
