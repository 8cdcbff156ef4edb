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
  expect(state).toEqual({ registered: true, displayName: 'pd1.b' });
});
