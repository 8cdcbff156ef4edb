import type { DeviceEvent } from '../events/device.ts';
import type { DeviceHash, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** The player that a device signs in as, and how many players it has signed in as so far. */
export type Device = { readonly playerId: PlayerId | null; readonly generation: number };

/** @property linkTo player that proved to be signed in and wants this device; null = a first use makes an account
 *  @property newPlayerId id of the account that a first use makes: that of the next generation
 *  @property erased player who is being erased: the device is free if it was theirs */
export type UseDevice = {
  readonly type: 'UseDevice';
  readonly deviceHash: DeviceHash;
  readonly linkTo: PlayerId | null;
  readonly newPlayerId: PlayerId;
  readonly erased?: PlayerId | null;
};
/** Takes a device from its player; nothing when it is not, or no longer, that player's. */
export type UnlinkDevice = {
  readonly type: 'UnlinkDevice';
  readonly deviceHash: DeviceHash;
  readonly playerId: PlayerId;
  readonly reason: 'player' | 'erasure';
};

export const device: Decider<Device, UseDevice | UnlinkDevice, DeviceEvent, 'DEVICE_LINKED_TO_ANOTHER_PLAYER'> = {
  initial: { playerId: null, generation: 0 },

  evolve(state, event) {
    if (event.type === 'DeviceUnlinked') return { ...state, playerId: null };
    return { playerId: event.data.playerId, generation: event.data.generation };
  },

  decide(command, { playerId, generation }) {
    const { deviceHash } = command;
    if (command.type === 'UnlinkDevice') {
      if (playerId !== command.playerId) return accept();
      return accept({ type: 'DeviceUnlinked', data: { deviceHash, playerId, reason: command.reason } });
    }
    const { linkTo, newPlayerId, erased } = command;
    const linked: DeviceEvent = {
      type: 'DeviceLinked',
      data: { deviceHash, playerId: linkTo ?? newPlayerId, generation: generation + 1 },
    };
    if (playerId === null) return accept(linked);
    if (playerId === erased)
      return accept<DeviceEvent>({ type: 'DeviceUnlinked', data: { deviceHash, playerId, reason: 'erasure' } }, linked);
    return linkTo === null || linkTo === playerId ? accept() : reject('DEVICE_LINKED_TO_ANOTHER_PLAYER');
  },
};
