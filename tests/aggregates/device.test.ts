import { test } from 'vitest';
import { device, type UnlinkDevice, type UseDevice } from '../../src/aggregates/device.ts';
import type { DeviceEvent } from '../../src/events/device.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { alice, bob, phone } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(device);
const use = (newPlayerId: PlayerId, linkTo: PlayerId | null = null): UseDevice => ({
  type: 'UseDevice',
  deviceHash: phone,
  newPlayerId,
  linkTo,
});
const linked = (playerId: PlayerId, generation = 1): DeviceEvent => ({
  type: 'DeviceLinked',
  data: { deviceHash: phone, playerId, generation },
});
const unlink = (playerId: PlayerId, reason: 'player' | 'erasure' = 'player'): UnlinkDevice => ({
  type: 'UnlinkDevice',
  deviceHash: phone,
  playerId,
  reason,
});
const unlinked = (playerId: PlayerId, reason: 'player' | 'erasure' = 'player'): DeviceEvent => ({
  type: 'DeviceUnlinked',
  data: { deviceHash: phone, playerId, reason },
});

test('a first use names the new player', () => given().when(use(alice)).then(linked(alice)));
test('a first use by a signed-in player links to that player', () => given().when(use(alice, bob)).then(linked(bob)));
test('a later use changes nothing', () => given(linked(alice)).when(use(alice)).thenNothing());
test('a later use keeps the player it is linked to', () => given(linked(bob)).when(use(alice)).thenNothing());
test('linking it to its own player changes nothing', () => given(linked(bob)).when(use(alice, bob)).thenNothing());
test('linking it to another player is refused', () =>
  given(linked(alice)).when(use(alice, bob)).thenRejects('DEVICE_LINKED_TO_ANOTHER_PLAYER'));

test('a device is taken from its player once', () => given(linked(alice)).when(unlink(alice)).then(unlinked(alice)));
test("another player's device is left alone", () => given(linked(bob)).when(unlink(alice)).thenNothing());
test('a device of nobody is left alone', () => {
  given().when(unlink(alice)).thenNothing();
  given(linked(alice), unlinked(alice)).when(unlink(alice)).thenNothing();
});
test('the next use of an unlinked device names the player of the next generation', () =>
  given(linked(alice), unlinked(alice)).when(use(bob)).then(linked(bob, 2)));
test('a device whose player is erased is unlinked and used for the first time again', () =>
  given(linked(alice))
    .when({ ...use(bob), erased: alice })
    .then(unlinked(alice, 'erasure'), linked(bob, 2)));
test('an erased player who had the device before is no reason to unlink it', () =>
  given(linked(bob))
    .when({ ...use(alice), erased: alice })
    .thenNothing());
