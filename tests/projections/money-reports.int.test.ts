import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { PlayerId, PurchaseId } from '../../src/events/ids.ts';
import { purchaseStream } from '../../src/events/purchase.ts';
import { walletStream } from '../../src/events/wallet.ts';
import type { Generations, Projection } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { dayOf, dayOfInstant } from '../../src/projections/days.ts';
import { economy } from '../../src/projections/economy.ts';
import { flowsByDay } from '../../src/projections/economy-queries.ts';
import { revenue, revenueByDay } from '../../src/projections/revenue.ts';
import { type LogUnderTest, logUnderTest, player, tenant } from '../processors/log-under-test.ts';

const readModels = [economy, revenue];
let here: LogUnderTest;
let generations: Generations;
beforeAll(async () => {
  here = await logUnderTest(readModels);
  generations = createGenerations(here.database, readModels);
});
afterAll(() => here.close());

const today = () => dayOf(BigInt(Date.now()) * 1_000n);
const allDays = () => ({ from: 0, to: today() + 1 });

async function project(projection: Projection, events: readonly RecordedEvent[]) {
  const fold = projection.fold(1);
  for (const event of events) fold.add(event);
  await here.database.transaction((sql) => fold.write(sql));
}
/** Folds events in steps of one size, and now and then from the beginning again. */
async function projectInSteps(projection: Projection, events: readonly RecordedEvent[], size: number) {
  await here.query(`delete from ${projection.tables(1)[0]!.name}`);
  for (let from = 0; from < events.length; from += size) {
    await project(projection, events.slice(from, from + size));
    if (from % 2 === 0) await project(projection, events.slice(0, from + 1));
  }
}
/** All pages of a list. */
async function pages<T>(page: (after: T | null) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const next = await page(all.at(-1) ?? null);
    if (next.length === 0) return all;
    all.push(...next);
  }
}
const sums = () => {
  const all = new Map<string, number[]>();
  return {
    add(key: string, ...amounts: number[]) {
      const known = all.get(key) ?? amounts.map(() => 0);
      all.set(
        key,
        known.map((sum, index) => sum + amounts[index]!),
      );
    },
    all,
  };
};

let last = 5_000;
/** A number that no test had before, and those that follow it. */
const numbers = (many: number) => {
  last += many;
  return last - many;
};
const movement = fc.record({
  who: fc.nat(3),
  asset: fc.constantFrom('gems', 'gold'),
  amount: fc.integer({ min: 1, max: 50 }),
  cause: fc.constantFrom('reward' as const, 'spending' as const, 'purchase' as const),
  gives: fc.boolean(),
});

test('sources and sinks are those of the ledgers, also when events are folded again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(movement, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (entries, size) => {
        const base = numbers(10);
        const events: RecordedEvent[] = [];
        const expected = sums();
        for (const entry of entries) {
          const playerId = player(base + entry[0]!.who);
          const cause = entry[0]!.cause;
          const postings = entry.map(({ asset, amount, gives }) => {
            const [own, house] = [
              { account: 'player', balance: 0 },
              { account: 'rewards', balance: 0 },
            ];
            return { kind: 'currency', asset, amount, from: gives ? house : own, to: gives ? own : house };
          });
          const event: NewEvent = {
            type: 'LedgerEntryPosted',
            data: { playerId, cause: { kind: cause, ref: 'test' }, postings },
          };
          const [recorded] = (await here.append(walletStream(tenant, playerId), [event])).events;
          events.push(recorded!);
          for (const { asset, amount, gives } of entry)
            expected.add(`${dayOf(recorded!.recordedAt)} ${asset} ${cause}`, gives ? amount : 0, gives ? 0 : amount, 1);
        }
        await projectInSteps(economy, events, size);
        const found = await pages<Awaited<ReturnType<typeof flowsByDay>>[number]>((after) =>
          flowsByDay(here.database, generations, tenant, allDays(), { after, limit: 2 }),
        );
        expect(
          new Map(
            found.map(({ day, asset, cause, sources, sinks, movements }) => [
              `${day} ${asset} ${cause}`,
              [sources, sinks, movements],
            ]),
          ),
        ).toEqual(expected.all);
      },
    ),
    { numRuns: 15 },
  );
});

const bought = fc.record({
  who: fc.nat(2),
  product: fc.constantFrom('pack', 'pass'),
  currency: fc.constantFrom('EUR', 'USD'),
  amount: fc.nat(900),
  day: fc.nat(3),
  fate: fc.constantFrom('kept', 'refund', 'chargeback', 'refused'),
});

test('revenue is what was paid on a day, less what went back on a day', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bought, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (purchases, size) => {
        const events: RecordedEvent[] = [];
        const expected = sums();
        const payers = new Map<string, Set<PlayerId>>();
        for (const { who, product, currency, amount, day, fate } of purchases) {
          const purchaseId = player(numbers(1)) as string as PurchaseId;
          const playerId = player(who);
          const common = { purchaseId, playerId, productId: product, store: 'test' };
          const purchasedAt = `2026-03-0${1 + day}T23:59:59.999Z`;
          const stream = purchaseStream(tenant, purchaseId);
          if (fate === 'refused') {
            events.push(
              ...(await here.append(stream, [{ type: 'PurchaseRefused', data: { ...common, reason: 'invalid' } }]))
                .events,
            );
            continue;
          }
          const price = { amount, currency };
          const validated = { ...common, transaction: 'ab'.repeat(32), purchasedAt, price, grants: [] };
          events.push(...(await here.append(stream, [{ type: 'PurchaseValidated', data: validated }])).events);
          const paidOn = `${dayOfInstant(purchasedAt)} ${product} ${currency}`;
          expected.add(paidOn, 1, amount, 0, 0);
          payers.set(paidOn, (payers.get(paidOn) ?? new Set()).add(playerId));
          if (fate === 'kept') continue;
          const [back] = (
            await here.append(stream, [{ type: 'PurchaseRefunded', data: { purchaseId, playerId, reason: fate } }])
          ).events;
          events.push(back!);
          expected.add(`${dayOf(back!.recordedAt)} ${product} ${currency}`, 0, 0, 1, amount);
        }
        await projectInSteps(revenue, events, size);
        const found = await pages<Awaited<ReturnType<typeof revenueByDay>>[number]>((after) =>
          revenueByDay(here.database, generations, tenant, allDays(), { after, limit: 2 }),
        );
        const key = ({ day, productId, currency }: (typeof found)[number]) => `${day} ${productId} ${currency}`;
        expect(new Map(found.map((row) => [key(row), [row.purchases, row.gross, row.refunds, row.refunded]]))).toEqual(
          expected.all,
        );
        for (const row of found) expect(row.payers).toBe(payers.get(key(row))?.size ?? 0);
        const days = found.map(({ day }) => day);
        expect(days).toEqual([...days].sort((one, other) => other - one));
      },
    ),
    { numRuns: 15 },
  );
});
