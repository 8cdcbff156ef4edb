import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeDisplayName } from '../commands/profile.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { findEntitlements } from '../projections/entitlements.ts';
import { balancesOf } from '../projections/ledger-queries.ts';
import { matchesOf } from '../projections/matches.ts';
import { ratingsOf } from '../projections/player-ratings.ts';
import { findProfiles } from '../projections/profiles.ts';
import { listSeasons } from '../projections/season-queries.ts';
import { displayNames } from './display-names.ts';
import { balancesFields, shownBalances } from './economy.schema.ts';
import { entitlementItem, entitlementsBody, tierName } from './entitlements.ts';
import { idempotencyKeyField, instant, playerIdText, scoreNumber, seasonName } from './fields.ts';
import { modeName, playedBody, playedMatch } from './match.schema.ts';
import { playerOf } from './player-caller.ts';
import { sendRead, waitForBoards } from './read.ts';
import { answers } from './route.ts';
import { seasonStatus } from './season-status.ts';
import type { WritingDependencies } from './write.ts';

const displayName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,32}$/u, 'must be 1 to 32 characters, none of them a control character')
  .meta({ description: '1 to 32 characters, shown in leaderboards.', example: 'Ada' });

const rankResponse = z.object({ season: seasonName, rank: z.int().min(1), score: scoreNumber, subscore: scoreNumber });

const ratingResponse = z.object({
  mode: modeName,
  rating: z.int().meta({ description: 'About 1500 for a new player.', example: 1658 }),
  matches: z.int().min(1).meta({ description: 'How many it rests on.', example: 2 }),
});

const profileResponse = z.object({
  player: z.object({
    player_id: playerIdText,
    display_name: z.string().nullable().meta({ example: 'Ada' }),
    registered_at: instant.nullable().meta({ description: 'null until the read model knows the account.' }),
    tier: tierName,
    entitlements: z.array(entitlementItem).meta({ description: 'What has not expired.' }),
  }),
  progression: z.object({
    ranks: z.array(rankResponse).meta({ description: 'One for each open season with an entry.' }),
    ratings: z.array(ratingResponse).meta({ description: 'One for each mode that the player has played.' }),
    inventory: z.object(balancesFields).meta({ description: 'How much there is of each; see GET /v1/inventory.' }),
    recent_matches: z.array(playedMatch).meta({ description: 'The newest ten; see GET /v1/matches for all.' }),
  }),
});

const maxSeasons = 100;
const recentMatches = 10;

/** The caller's own profile. */
export function profileRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;

  const ranksOf = async (tenant: TenantId, playerId: PlayerId) => {
    const seasons = await listSeasons(reads.sql, reads.generations, tenant, { after: '', limit: maxSeasons });
    const open = seasons.filter((row) => seasonStatus(row, now()) === 'open');
    return open.flatMap(({ season }) => {
      const entry = reads.boards.open(tenant, season)?.entryOf(playerId) ?? null;
      return entry === null ? [] : [{ season, rank: entry.rank, score: entry.score, subscore: entry.subscore }];
    });
  };

  app.get(
    '/v1/profile',
    {
      schema: {
        tags: ['profile'],
        summary: "The caller's profile and progression",
        response: answers({ 200: profileResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const rows = ['profiles', 'entitlements', 'leaderboards', 'ledger', 'matches', 'player_ratings'];
      await waitForBoards(request, dependencies, rows);
      const [profiles, entitlements, ranks, ratings, balances, played] = await Promise.all([
        findProfiles(reads.sql, reads.generations, tenant, [playerId]),
        findEntitlements(reads.sql, reads.generations, tenant, playerId),
        ranksOf(tenant, playerId),
        ratingsOf(reads.sql, reads.generations, tenant, playerId),
        balancesOf(reads.sql, reads.generations, { tenant, playerId }),
        matchesOf(reads.sql, reads.generations, { tenant, playerId }, null, recentMatches),
      ]);
      const profile = profiles.get(playerId);
      const names = await displayNames(dependencies, tenant, profiles);
      const registered = profile?.registeredAt ?? null;
      return sendRead(request, reply, {
        player: {
          player_id: playerId,
          display_name: names.get(playerId) ?? null,
          registered_at: registered === null ? null : new Date(Number(registered / 1000n)).toISOString(),
          ...entitlementsBody(entitlements, now()),
        },
        progression: { ranks, ratings, inventory: shownBalances(balances), recent_matches: played.map(playedBody) },
      });
    },
  );

  app.patch(
    '/v1/profile',
    {
      schema: {
        tags: ['profile'],
        summary: "Change the caller's display name",
        body: z.strictObject({ display_name: displayName, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object({ player_id: playerIdText, display_name: displayName }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const name = request.body.display_name;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        sealing: 'personal',
        run: (context) => changeDisplayName(runtime, { playerId, displayName: name }, context),
        answer: () => JSON.stringify({ player_id: playerId, display_name: name }),
      });
    },
  );
}
