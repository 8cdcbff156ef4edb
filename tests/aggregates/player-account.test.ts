import { expect, test } from 'vitest';
import { playerAccount } from '../../src/aggregates/player-account.ts';
import type { PlayerEvent } from '../../src/events/player.ts';
import { alice } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(playerAccount);
const register = { type: 'RegisterPlayer', playerId: alice, method: 'device' } as const;
const registered: PlayerEvent = { type: 'PlayerRegistered', data: { playerId: alice, method: 'device' } };
const rename = (displayName: string) => ({ type: 'ChangeDisplayName', playerId: alice, displayName }) as const;
const renamed = (displayName: string): PlayerEvent => ({
  type: 'DisplayNameChanged',
  data: { playerId: alice, displayName },
});

test('a new player is registered', () => given().when(register).then(registered));
test('registering a known player changes nothing', () =>
  given(registered, renamed('pd1.a')).when(register).thenNothing());
test('a player takes a display name', () => given(registered).when(rename('pd1.a')).thenEachTime(renamed('pd1.a')));
test('a player takes another display name', () =>
  given(registered, renamed('pd1.a')).when(rename('pd1.b')).thenEachTime(renamed('pd1.b')));
test('nobody unknown takes a display name', () => given().when(rename('pd1.a')).thenRejects('PLAYER_NOT_FOUND'));

test('the last display name counts', () => {
  const state = fold(playerAccount, [registered, renamed('pd1.a'), renamed('pd1.b')]);
  expect(state).toEqual({
    registered: true,
    registeredAt: 1_000,
    displayName: 'pd1.b',
    credentials: { first: true, linked: [] },
    entitlements: {},
    erasure: 'none',
  });
});

const order = { type: 'RequestErasure', playerId: alice } as const;
const ordered: PlayerEvent = { type: 'PersonalDataErasureRequested', data: { playerId: alice } };
const complete = { type: 'CompleteErasure', playerId: alice } as const;
const erased: PlayerEvent = { type: 'PersonalDataErased', data: { playerId: alice } };

test('an erasure is ordered once', () => given(registered, renamed('pd1.a')).when(order).then(ordered));
test('an erasure that was ordered or done is not ordered again', () => {
  given(registered, ordered).when(order).thenNothing();
  given(registered, ordered, erased).when(order).thenNothing();
});
test('nobody unknown is erased', () => {
  given().when(order).thenRejects('PLAYER_NOT_FOUND');
  given().when(complete).thenRejects('PLAYER_NOT_FOUND');
});
test('an erasure that was ordered is done once', () => given(registered, ordered).when(complete).then(erased));
test('an erasure that nobody ordered is not done', () => given(registered).when(complete).thenNothing());
test('a player whose erasure was ordered takes no display name', () => {
  given(registered, ordered).when(rename('pd1.a')).thenRejects('PLAYER_NOT_FOUND');
  given(registered, ordered, erased).when(rename('pd1.a')).thenRejects('PLAYER_NOT_FOUND');
});
test('an erased player stays registered, without a name', () => {
  const state = fold(playerAccount, [registered, renamed('pd1.a'), ordered, erased]);
  expect(state).toEqual({
    registered: true,
    registeredAt: 1_000,
    displayName: null,
    credentials: { first: true, linked: [] },
    entitlements: {},
    erasure: 'done',
  });
});
