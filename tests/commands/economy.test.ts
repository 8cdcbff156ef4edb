import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandContext } from '../../src/commands/context.ts';
import type { Handled } from '../../src/commands/handle.ts';
import { once } from '../../src/commands/once.ts';
import { changeProduct } from '../../src/commands/product.ts';
import { purchaseProduct } from '../../src/commands/purchase.ts';
import { reversePurchase, reverseTransaction } from '../../src/commands/refund.ts';
import { grant, postToWallet } from '../../src/commands/wallet.ts';
import type { EventLog } from '../../src/event-store/index.ts';
import type { JsonValue } from '../../src/events/envelope.ts';
import type { PlayerId, PurchaseId } from '../../src/events/ids.ts';
import { gems, order, pack, price, secondOrder } from '../aggregates/economy-examples.ts';
import { alice, bob } from '../aggregates/examples.ts';
import { dyingAt } from './dying-log.ts';
import { gemsOf, sumOfGems, trustingStore, walletIn } from './economy-support.ts';
import { intercepted, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const processWith = (log: EventLog) => ({ ...processOn(log), receipts: trustingStore });
const define = (log: EventLog, amount = 500) =>
  changeProduct(
    processOn(log),
    { type: 'DefineProduct', productId: pack, name: 'gems', price, grants: [gems(amount)] },
    request(),
  );
const order1 = { purchaseId: order, playerId: alice, productId: pack, store: 'test', receipt: `${pack}/p1` };

let log: EventLog;
beforeEach(async () => {
  log = openLog();
  await define(log);
});

describe('a purchase', () => {
  test('grants what the product was when it committed, though it changed elsewhere between decision and append', async () => {
    let changes = 0;
    const racing = intercepted(log, {
      append: async (append) => {
        if (changes++ === 0) await define(log, 7);
        return log.append(append);
      },
    });
    expect((await purchaseProduct(processWith(racing), order1, request())).outcome.ok).toBe(true);
    expect(gemsOf(await walletIn(log, alice))).toBe(7);
  });

  test('commits with its claim and its entry, or none of them does', async () => {
    const before = await totalEvents(log);
    const here = processWith(intercepted(log, { append: () => Promise.reject(new Error('killed')) }));
    await expect(purchaseProduct(here, order1, request())).rejects.toThrow('killed');
    expect(await totalEvents(log)).toBe(before);
    await purchaseProduct(processWith(log), order1, request());
    expect(await totalEvents(log)).toBe(before + 3);
  });

  test('of two with one receipt in two processes one is made', async () => {
    const second = { ...order1, purchaseId: secondOrder, playerId: bob };
    const made = await Promise.all([
      purchaseProduct(processWith(log), order1, request()),
      purchaseProduct(processWith(log), second, request()),
    ]);
    expect(made.filter(({ outcome }) => outcome.ok)).toHaveLength(1);
    expect(gemsOf(await walletIn(log, alice)) + gemsOf(await walletIn(log, bob))).toBe(500);
  });
});

test('a chargeback of what the process itself took reads nothing', async () => {
  let reads = 0;
  const counted = intercepted(log, {
    read: (...args) => {
      reads += 1;
      return log.read(...args);
    },
  });
  const here = processWith(counted);
  await purchaseProduct(here, order1, request());
  reads = 0;
  const ref = { store: 'test', transaction: Buffer.from('p1').toString('hex').padStart(64, '0') };
  await reverseTransaction(here, { ...ref, reason: 'chargeback' }, request());
  expect([reads, gemsOf(await walletIn(log, alice))]).toEqual([0, 0]);
});

test('a payment that is claimed while its chargeback is on its way is taken back', async () => {
  const here = processWith(log);
  const ref = { store: 'test', transaction: Buffer.from('p1').toString('hex').padStart(64, '0') };
  let claims = 0;
  const racing = intercepted(log, {
    append: async (append) => {
      if (claims++ === 0) await purchaseProduct(here, order1, request());
      return log.append(append);
    },
  });
  const { outcome } = await reverseTransaction(processOn(racing), { ...ref, reason: 'chargeback' }, request());
  expect(outcome).toEqual({ ok: true, value: null });
  expect(gemsOf(await walletIn(log, alice))).toBe(0);
});

type Step =
  | { kind: 'buy'; who: number; payment: number }
  | { kind: 'refund'; purchase: number }
  | { kind: 'chargeback'; payment: number }
  | { kind: 'grant' | 'spend'; who: number; amount: number };

const players: readonly PlayerId[] = [alice, bob];
const small = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('buy' as const), who: fc.nat(1), payment: small }),
  fc.record({ kind: fc.constant('refund' as const), purchase: fc.nat(11) }),
  fc.record({ kind: fc.constant('chargeback' as const), payment: small }),
  fc.record({
    kind: fc.constantFrom('grant' as const, 'spend' as const),
    who: fc.nat(1),
    amount: fc.integer({ min: 1, max: 900 }),
  }),
);
/** Where the first attempt dies, if it does; the step is then tried again, in two processes at once. */
const crash = fc.option(
  fc.record({ call: fc.integer({ min: 1, max: 8 }), effect: fc.constantFrom('before' as const, 'after' as const) }),
);

const purchaseIdAt = (index: number) => `77777777-7777-4777-8777-${`${index}`.padStart(12, '0')}` as PurchaseId;

async function run(on: EventLog, each: Step, index: number): Promise<boolean> {
  const here = processWith(on);
  const keyed = async <Result extends JsonValue>(send: (context: CommandContext<Result>) => Promise<Handled<Result>>) =>
    (await once({ tenant, scope: 'test', key: `${index}` }, request(), send)).outcome.ok;
  switch (each.kind) {
    case 'buy': {
      const bought = { purchaseId: purchaseIdAt(index), playerId: players[each.who]!, productId: pack, store: 'test' };
      return keyed((context) => purchaseProduct(here, { ...bought, receipt: `${pack}/p${each.payment}` }, context));
    }
    case 'refund':
      return keyed((context) =>
        reversePurchase<string>(here, { purchaseId: purchaseIdAt(each.purchase), reason: 'refund' }, context),
      );
    case 'chargeback': {
      const transaction = Buffer.from(`p${each.payment}`).toString('hex').padStart(64, '0');
      return keyed((context) =>
        reverseTransaction(here, { store: 'test', transaction, reason: 'chargeback' }, context),
      );
    }
    case 'grant': {
      const reward = { playerId: players[each.who]!, ref: 'match', assets: [gems(each.amount)] };
      return keyed((context) => grant(here, reward, context));
    }
    case 'spend': {
      const cause = { kind: 'spending', ref: 'shop' } as const;
      const spent = {
        playerId: players[each.who]!,
        cause,
        give: [],
        take: [gems(each.amount)],
        from: 'rewards',
      } as const;
      return keyed((context) => postToWallet(here, spent, context));
    }
  }
}

/** The same rules once more, without streams: who has what after a step that was done once. */
function model() {
  const balances = [0, 0];
  const fates = new Map<number, 'revoked' | { purchase: number; who: number; isBack: boolean }>();
  const purchases = new Map<number, number>();
  const takeBack = (payment: number) => {
    const fate = fates.get(payment);
    if (fate === undefined || fate === 'revoked' || fate.isBack) return;
    fate.isBack = true;
    balances[fate.who]! -= 500;
  };
  return {
    balances,
    apply(each: Step, index: number) {
      if (each.kind === 'buy' && !fates.has(each.payment)) {
        fates.set(each.payment, { purchase: index, who: each.who, isBack: false });
        purchases.set(index, each.payment);
        balances[each.who]! += 500;
      }
      if (each.kind === 'refund' && purchases.has(each.purchase)) takeBack(purchases.get(each.purchase)!);
      if (each.kind === 'chargeback') {
        if (fates.has(each.payment)) takeBack(each.payment);
        else fates.set(each.payment, 'revoked');
      }
      if (each.kind === 'grant') balances[each.who]! += each.amount;
      if (each.kind === 'spend' && balances[each.who]! >= each.amount) balances[each.who]! -= each.amount;
    },
  };
}

test('no sequence of commands, retries, crashes at any call and processes at once creates or destroys currency', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, crash), { minLength: 1, maxLength: 12 }), async (steps) => {
      const own = openLog();
      await define(own);
      const expected = model();
      for (const [index, [each, killed]] of steps.entries()) {
        if (killed !== null) await run(dyingAt(own, killed.call, killed.effect), each, index).catch(() => undefined);
        await Promise.all([run(own, each, index), run(own, each, index)]);
        expected.apply(each, index);
        for (const [who, player] of players.entries()) {
          const state = await walletIn(own, player);
          expect(sumOfGems(state)).toBe(0);
          expect(gemsOf(state)).toBe(expected.balances[who]);
        }
      }
    }),
    { numRuns: 150 },
  );
});
