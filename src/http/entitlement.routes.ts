import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { setEntitlements } from '../commands/entitlement.ts';
import type { PlayerId } from '../events/ids.ts';
import { type EntitlementsRow, findEntitlements } from '../projections/entitlements.ts';
import { findProfiles } from '../projections/profiles.ts';
import { entitlementItem, entitlementsBody, tierName } from './entitlements.ts';
import { idempotencyKeyField, playerIdText } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const params = z.object({ player_id: playerIdText });
const entitlementList = z
  .array(entitlementItem)
  .max(2)
  .refine((items) => new Set(items.map(({ tier }) => tier)).size === items.length, 'must name each tier once')
  .meta({ description: 'All that the player shall have; what is not here is taken away.' });
const entitlementsResponse = z.object({
  player_id: playerIdText,
  tier: tierName,
  entitlements: z.array(entitlementItem),
});

/** What players are entitled to, for operators and services. */
export function entitlementRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write, now } = dependencies;
  const bodyOf = (playerId: PlayerId, row: EntitlementsRow) => ({
    player_id: playerId,
    ...entitlementsBody(row, now()),
  });

  app.put(
    '/v1/players/:player_id/entitlements',
    {
      schema: {
        tags: ['profile'],
        summary: 'Set the tiers that a player is entitled to',
        description: 'The highest tier that has not expired counts; whoever has none is `free`.',
        params,
        body: z.strictObject({ entitlements: entitlementList, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: entitlementsResponse }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { idempotency: 'optional', errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const playerId = request.params.player_id as PlayerId;
      const entitlements = request.body.entitlements.map(({ tier, expires_at }) => ({
        tier,
        expiresAt: expires_at == null ? null : new Date(expires_at).toISOString(),
      }));
      return write<EntitlementsRow>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => setEntitlements(runtime, { playerId, entitlements }, context),
        answer: (row) => JSON.stringify(bodyOf(playerId, row)),
      });
    },
  );

  app.get(
    '/v1/players/:player_id/entitlements',
    {
      schema: {
        tags: ['profile'],
        summary: 'The tiers that a player is entitled to',
        params,
        response: answers({ 200: entitlementsResponse }),
      },
      config: {
        access: { rights: ['ops', 'scope:players:read'] },
        contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const playerId = request.params.player_id as PlayerId;
      await waitForRows(request, dependencies, ['profiles', 'entitlements']);
      const [profiles, row] = await Promise.all([
        findProfiles(reads.sql, reads.generations, tenant, [playerId]),
        findEntitlements(reads.sql, reads.generations, tenant, playerId),
      ]);
      if (!profiles.has(playerId)) throw new Problem('PLAYER_NOT_FOUND');
      return sendRead(request, reply, bodyOf(playerId, row));
    },
  );
}
