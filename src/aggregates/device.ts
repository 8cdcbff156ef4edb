import type { DeviceEvent } from '../events/device.ts';
import type { DeviceHash, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** The player that a device signs in as. */
export type Device = { readonly playerId: PlayerId | null };

/** @property linkTo player that proved to be signed in and wants this device; null = a first use makes an account
 *  @property newPlayerId id of the account that a first use makes */
export type UseDevice = {
  readonly type: 'UseDevice';
  readonly deviceHash: DeviceHash;
  readonly linkTo: PlayerId | null;
  readonly newPlayerId: PlayerId;
};

export const device: Decider<Device, UseDevice, DeviceEvent, 'DEVICE_LINKED_TO_ANOTHER_PLAYER'> = {
  initial: { playerId: null },

  evolve: (_, { data }) => ({ playerId: data.playerId }),

  decide({ deviceHash, linkTo, newPlayerId }, { playerId }) {
    if (playerId !== null)
      return linkTo === null || linkTo === playerId ? accept() : reject('DEVICE_LINKED_TO_ANOTHER_PLAYER');
    return accept({ type: 'DeviceLinked', data: { deviceHash, playerId: linkTo ?? newPlayerId, generation: 1 } });
  },
};
