import type { PlayerId } from '../events/ids.ts';
import type { PlayerEvent } from '../events/player.ts';
import { accept, type Decider, reject } from './decider.ts';

export type PlayerAccount = { readonly registered: boolean; readonly displayName: string | null };

export type RegisterPlayer = {
  readonly type: 'RegisterPlayer';
  readonly playerId: PlayerId;
  readonly method: 'device';
};
/** @property displayName sealed with the player's data key */
export type ChangeDisplayName = {
  readonly type: 'ChangeDisplayName';
  readonly playerId: PlayerId;
  readonly displayName: string;
};

export const playerAccount: Decider<
  PlayerAccount,
  RegisterPlayer | ChangeDisplayName,
  PlayerEvent,
  'PLAYER_NOT_FOUND'
> = {
  initial: { registered: false, displayName: null },

  evolve(state, event) {
    if (event.type === 'PlayerRegistered') return { ...state, registered: true };
    return { ...state, displayName: event.data.displayName };
  },

  decide(command, state) {
    if (command.type === 'RegisterPlayer') {
      const { playerId, method } = command;
      return state.registered ? accept() : accept({ type: 'PlayerRegistered', data: { playerId, method } });
    }
    if (!state.registered) return reject('PLAYER_NOT_FOUND');
    const { playerId, displayName } = command;
    return accept({ type: 'DisplayNameChanged', data: { playerId, displayName } });
  },
};
