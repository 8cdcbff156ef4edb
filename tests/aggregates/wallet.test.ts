import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  balanceOf,
  type Movement,
  maxBalance,
  movementsOf,
  type PostEntry,
  wallet,
} from '../../src/aggregates/wallet.ts';
import { type AssetAmount, maxAmount, type WalletEvent } from '../../src/events/wallet.ts';
import { gems, swords } from './economy-examples.ts';
import { alice } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(wallet);
const cause = { kind: 'adjustment', ref: 'test' } as const;
const post = (movements: readonly Movement[], mayOwe = false): PostEntry => ({
  type: 'PostEntry',
  playerId: alice,
  cause,
  movements,
  mayOwe,
});
const give = (...assets: AssetAmount[]) => post(movementsOf(assets, 'player', 'rewards'));
const take = (...assets: AssetAmount[]) => post(movementsOf(assets, 'house', 'spending'));
const takeBack = (...assets: AssetAmount[]) => post(movementsOf(assets, 'house', 'sales'), true);
const posted = (...postings: WalletEvent['data']['postings']): WalletEvent => ({
  type: 'LedgerEntryPosted',
  data: { playerId: alice, cause, postings },
});
const player = (balance: number) => ({ account: 'player' as const, balance });
const rewards = (balance: number) => ({ account: 'rewards' as const, balance });
const spending = (balance: number) => ({ account: 'spending' as const, balance });
const sales = (balance: number) => ({ account: 'sales' as const, balance });
const rewarded = posted({ ...gems(100), from: rewards(-100), to: player(100) });

describe('giving', () => {
  test('takes from the house what the player gets', () =>
    given()
      .when(give(gems(100)))
      .thenEachTime(rewarded));

  test('adds to what is there', () =>
    given(rewarded)
      .when(give(gems(20), swords(1)))
      .thenEachTime(
        posted(
          { ...gems(20), from: rewards(-120), to: player(120) },
          { ...swords(1), from: rewards(-1), to: player(1) },
        ),
      ));

  test('writes the same asset once', () =>
    given()
      .when(give(gems(40), gems(60)))
      .thenEachTime(rewarded));

  test('nothing changes nothing', () => given(rewarded).when(give()).thenNothing());

  test('too much at once is refused', () =>
    given()
      .when(give(gems(maxAmount), gems(1)))
      .thenRejects('BALANCE_OUT_OF_RANGE'));

  test('more than an account can hold is refused', () => {
    const full = posted({ ...gems(1), from: rewards(-maxBalance), to: player(maxBalance) });
    given(full)
      .when(give(gems(1)))
      .thenRejects('BALANCE_OUT_OF_RANGE');
    given(full)
      .when(post(movementsOf([gems(1)], 'player', 'sales')))
      .thenRejects('BALANCE_OUT_OF_RANGE');
  });

  test.each([0, -1, 0.5, Number.NaN])('an amount of %d is nobody’s entry', (amount) =>
    expect(() => wallet.decide(give(gems(amount)), wallet.initial)).toThrow(),
  );
});

describe('taking', () => {
  test('gives to the house what the player had', () =>
    given(rewarded)
      .when(take(gems(100)))
      .thenOnce('INSUFFICIENT_FUNDS', posted({ ...gems(100), from: player(0), to: spending(100) })));

  test('more than there is is refused', () =>
    given(rewarded)
      .when(take(gems(101)))
      .thenRejects('INSUFFICIENT_FUNDS'));

  test('takes all or nothing', () =>
    given(rewarded)
      .when(take(gems(1), swords(1)))
      .thenRejects('INSUFFICIENT_FUNDS'));

  test('back takes also what was spent, so that it is owed', () =>
    given(rewarded)
      .when(takeBack(gems(130)))
      .thenEachTime(posted({ ...gems(130), from: player(-30), to: sales(130) })));

  test('back ends where an account ends', () => {
    const broke = posted({ ...gems(1), from: player(-maxBalance), to: sales(maxBalance) });
    given(broke)
      .when(takeBack(gems(1)))
      .thenRejects('BALANCE_OUT_OF_RANGE');
  });
});

test('an asset that is moved twice by one entry is a mistake', () => {
  const both = [...movementsOf([gems(1)], 'player', 'rewards'), ...movementsOf([gems(2)], 'house', 'spending')];
  expect(() => wallet.decide(post(both), wallet.initial)).toThrow('moves currency gems twice');
});

test('whatever is posted, all accounts together hold nothing of any asset, and what is not taken back never falls below 0', () => {
  const asset = fc.record({
    kind: fc.constantFrom('currency' as const, 'item' as const),
    asset: fc.constantFrom('gems', 'gold'),
    amount: fc.integer({ min: 1, max: 50 }),
  });
  const command = fc.oneof(
    fc.array(asset, { maxLength: 4 }).map((assets) => give(...assets)),
    fc.array(asset, { maxLength: 4 }).map((assets) => take(...assets)),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const history: WalletEvent[] = [];
      for (const each of commands) history.push(...wallet.decide(each, fold(wallet, history)).events);
      const state = fold(wallet, history);
      for (const kind of ['currency', 'item'] as const)
        for (const name of ['gems', 'gold']) {
          const held = [...state].filter(([key]) => key.endsWith(` ${kind} ${name}`));
          expect(held.reduce((sum, [, balance]) => sum + balance, 0)).toBe(0);
          expect(balanceOf(state, kind, name)).toBeGreaterThanOrEqual(0);
        }
    }),
  );
});
