import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isKnownPlayer } from '../commands/known-player.ts';
import { type AssetBalance, postToWallet } from '../commands/wallet.ts';
import type { PlayerId } from '../events/ids.ts';
import { causeField } from '../events/wallet.ts';
import { balancesOf, entriesOf, type LedgerEntry, type Owner } from '../projections/ledger-queries.ts';
import { assetsField, assetsOf, balancesFields, entryResponse, ownerQuery, shownBalances } from './economy.schema.ts';
import { idempotencyKeyField, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { signedInOf } from './player-caller.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const shownEntry = ({ entry, cause, changes, postedAt }: LedgerEntry) => ({
  entry,
  cause,
  changes: changes.map(({ kind, asset, amount, balance }) => ({ kind, name: asset, amount, balance })),
  posted_at: timeOf(postedAt),
});
const latestEntries = 20;
const readers = ['player', 'ops', 'scope:players:read', 'scope:economy:write', 'scope:nakama'] as const;
const nothing = { items: [], currencies: [] };
const reference = causeField.shape.ref.meta({ description: 'What it is for.', example: 'match-4711' });

/** What players have: items, balances, and the ledger behind them. */
export function inventoryRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;

  const ownerOf = async (request: FastifyRequest, asked: string | undefined): Promise<Owner> => {
    const caller = signedInOf(request);
    const { tenant } = caller;
    if (caller.kind === 'player') {
      if (asked !== undefined && asked !== caller.playerId) throw new Problem('PLAYER_NOT_FOUND');
      return { tenant, playerId: caller.playerId };
    }
    if (asked === undefined) throw invalid('query.player_id', 'must say whose inventory it is');
    const playerId = asked as PlayerId;
    if (!(await isKnownPlayer(runtime, tenant, playerId))) throw new Problem('PLAYER_NOT_FOUND');
    return { tenant, playerId };
  };

  app.get(
    '/v1/inventory',
    {
      schema: {
        tags: ['economy'],
        summary: "A player's items and balances, and the last 20 entries of their ledger",
        querystring: z.object({ player_id: ownerQuery }),
        response: answers({
          200: z.object({ player_id: playerIdText, ...balancesFields, entries: z.array(entryResponse) }),
        }),
      },
      config: {
        access: { rights: readers },
        contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const owner = await ownerOf(request, request.query.player_id);
      await waitForRows(request, dependencies, ['ledger']);
      const balances = await balancesOf(reads.sql, reads.generations, owner);
      const page = { before: null, limit: latestEntries };
      const entries = await entriesOf(reads.sql, reads.generations, owner, page);
      return sendRead(request, reply, {
        player_id: owner.playerId,
        ...shownBalances(balances),
        entries: entries.map(shownEntry),
      });
    },
  );

  app.get(
    '/v1/inventory/entries',
    {
      schema: {
        tags: ['economy'],
        summary: "A player's ledger, the newest entry first",
        querystring: z.object({
          player_id: ownerQuery,
          limit: limitQuery,
          cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().meta({ example: 18 }),
        }),
        response: answers({ 200: z.object({ entries: z.array(entryResponse), next_cursor: nextCursor }) }),
      },
      config: {
        access: { rights: readers },
        contract: { waitsFor: true, errors: ['PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { player_id, limit, cursor } = request.query;
      const owner = await ownerOf(request, player_id);
      await waitForRows(request, dependencies, ['ledger']);
      const entries = await entriesOf(reads.sql, reads.generations, owner, { before: cursor ?? null, limit });
      const last = entries.at(-1)?.entry ?? 1;
      return sendRead(request, reply, {
        entries: entries.map(shownEntry),
        next_cursor: last > 1 ? String(last) : null,
      });
    },
  );

  app.post(
    '/v1/inventory/entries',
    {
      schema: {
        tags: ['economy'],
        summary: 'Give to a player and take from them, both or nothing',
        description: 'To spend, take; to grant, give; to exchange, do both at once. Nobody falls below 0 by it.',
        body: z
          .strictObject({
            player_id: playerIdText,
            give: assetsField
              .default(nothing)
              .meta({ example: { items: [{ item: 'sword-of-dawn', quantity: 1 }], currencies: [] } }),
            take: assetsField
              .default(nothing)
              .meta({ example: { items: [], currencies: [{ currency: 'gems', amount: 120 }] } }),
            ref: reference,
            idempotency_key: idempotencyKeyField,
          })
          .superRefine(({ give, take }, context) => {
            const taken = new Set(assetsOf(take).map(({ kind, asset }) => `${kind} ${asset}`));
            const given = assetsOf(give);
            if (given.some(({ kind, asset }) => taken.has(`${kind} ${asset}`)))
              context.addIssue({ code: 'custom', path: ['give'], message: 'must not name what `take` names' });
            if (given.length === 0 && taken.size === 0)
              context.addIssue({ code: 'custom', path: ['give'], message: 'must name something, or `take` must' });
          }),
        response: answers({ 200: z.object({ player_id: playerIdText, ...balancesFields }) }),
      },
      config: {
        access: { rights: ['ops', 'scope:economy:write'] },
        contract: {
          idempotency: 'required',
          errors: ['PLAYER_NOT_FOUND', 'INSUFFICIENT_FUNDS', 'BALANCE_OUT_OF_RANGE'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { player_id, give, take, ref } = request.body;
      const playerId = player_id as PlayerId;
      if (!(await isKnownPlayer(runtime, tenant, playerId))) throw new Problem('PLAYER_NOT_FOUND');
      const [given, taken] = [assetsOf(give), assetsOf(take)];
      const kind = given.length === 0 ? 'spending' : 'adjustment';
      return write<AssetBalance[]>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) =>
          postToWallet(
            runtime,
            { playerId, cause: { kind, ref }, give: given, take: taken, from: 'adjustments' },
            context,
          ),
        answer: (balances) => JSON.stringify({ player_id: playerId, ...shownBalances(balances) }),
        playerOf: () => playerId,
      });
    },
  );
}
