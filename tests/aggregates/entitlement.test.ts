import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Grant, tierAt } from '../../src/aggregates/entitlement.ts';
import { playerAccount } from '../../src/aggregates/player-account.ts';
import { type PaidTier, type PlayerEvent, paidTiers } from '../../src/events/player.ts';
import { alice, at, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(playerAccount);
const registered: PlayerEvent = { type: 'PlayerRegistered', data: { playerId: alice, method: 'device' } };
const set = (...entitlements: Grant[]) => ({ type: 'SetEntitlements', playerId: alice, entitlements }) as const;
const granted = (tier: PaidTier, expiresAt: string | null = null): PlayerEvent => ({
  type: 'EntitlementGranted',
  data: { playerId: alice, tier, expiresAt },
});
const revoked = (tier: PaidTier): PlayerEvent => ({ type: 'EntitlementRevoked', data: { playerId: alice, tier } });
const gold: Grant = { tier: 'gold', expiresAt: null };
const goldUntilNoon: Grant = { tier: 'gold', expiresAt: iso('12:00') };
const silver: Grant = { tier: 'silver', expiresAt: null };

test('a tier is granted once', () => given(registered).when(set(gold)).then(granted('gold')));
test('several tiers are granted together, the lowest first', () =>
  given(registered)
    .when(set(goldUntilNoon, silver))
    .then(granted('silver'), granted('gold', iso('12:00'))));
test('a tier that is wanted no more is taken away', () =>
  given(registered, granted('gold'), granted('silver')).when(set(silver)).then(revoked('gold')));
test('a tier gets another end', () =>
  given(registered, granted('gold'))
    .when(set(goldUntilNoon))
    .then(granted('gold', iso('12:00'))));
test('what a player has already is not granted again', () =>
  given(registered, granted('gold', iso('12:00')))
    .when(set(goldUntilNoon))
    .thenNothing());
test('nobody unknown is entitled to anything', () => given().when(set(gold)).thenRejects('PLAYER_NOT_FOUND'));
test('a player whose erasure was ordered is entitled to nothing new', () =>
  given(registered, { type: 'PersonalDataErasureRequested', data: { playerId: alice } })
    .when(set(gold))
    .thenRejects('PLAYER_NOT_FOUND'));

const tier = (events: readonly PlayerEvent[], time: string) =>
  tierAt(fold(playerAccount, [registered, ...events]).entitlements, at(time));

test('whoever was granted nothing is free', () => expect(tier([], '11:00')).toBe('free'));
test('the highest tier counts, in whatever order they came', () => {
  expect(tier([granted('gold'), granted('silver')], '11:00')).toBe('gold');
  expect(tier([granted('silver'), granted('gold')], '11:00')).toBe('gold');
});
test('a tier counts until its end, and what lies below from then on', () => {
  const both = [granted('silver'), granted('gold', iso('12:00'))];
  expect(tier(both, '11:59')).toBe('gold');
  expect(tier(both, '12:00')).toBe('silver');
  expect(tier([...both, revoked('silver')], '12:00')).toBe('free');
});

test('whatever was granted before, a player has afterwards what was set and nothing else', () => {
  const grants = fc.uniqueArray(
    fc.record<Grant>({
      tier: fc.constantFrom(...paidTiers),
      expiresAt: fc.constantFrom(null, iso('11:00'), iso('12:00')),
    }),
    { selector: (grant) => grant.tier },
  );
  fc.assert(
    fc.property(fc.array(grants, { minLength: 1, maxLength: 6 }), (wishes) => {
      const history: PlayerEvent[] = [registered];
      for (const wanted of wishes)
        history.push(...playerAccount.decide(set(...wanted), fold(playerAccount, history)).events);
      const until = ({ expiresAt }: Grant) => (expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt));
      expect(fold(playerAccount, history).entitlements).toEqual(
        Object.fromEntries(wishes.at(-1)!.map((grant) => [grant.tier, until(grant)])),
      );
    }),
  );
});
