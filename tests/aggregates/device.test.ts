import { test } from 'vitest';
import { device, type UseDevice } from '../../src/aggregates/device.ts';
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
const linked = (playerId: PlayerId): DeviceEvent => ({
  type: 'DeviceLinked',
  data: { deviceHash: phone, playerId, generation: 1 },
});

test('a first use names the new player', () => given().when(use(alice)).then(linked(alice)));
test('a first use by a signed-in player links to that player', () => given().when(use(alice, bob)).then(linked(bob)));
test('a later use changes nothing', () => given(linked(alice)).when(use(alice)).thenNothing());
test('a later use keeps the player it is linked to', () => given(linked(bob)).when(use(alice)).thenNothing());
test('linking it to its own player changes nothing', () => given(linked(bob)).when(use(alice, bob)).thenNothing());
test('linking it to another player is refused', () =>
  given(linked(alice)).when(use(alice, bob)).thenRejects('DEVICE_LINKED_TO_ANOTHER_PLAYER'));
