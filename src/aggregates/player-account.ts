import type { PlayerId } from '../events/ids.ts';
import type { PlayerEvent } from '../events/player.ts';
import { accept, type Decider, reject } from './decider.ts';
import { changesOfEntitlements, type Entitlements, evolveEntitlements, type Grant } from './entitlement.ts';

/** @property erasure how far the erasure of the player's personal data has come */
export type PlayerAccount = {
  readonly registered: boolean;
  readonly displayName: string | null;
  readonly entitlements: Entitlements;
  readonly erasure: 'none' | 'requested' | 'done';
};

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
/** Gives the player these entitlements and no others. @property entitlements at most one for each tier */
export type SetEntitlements = {
  readonly type: 'SetEntitlements';
  readonly playerId: PlayerId;
  readonly entitlements: readonly Grant[];
};
/** Orders the erasure of what is personal. */
export type RequestErasure = { readonly type: 'RequestErasure'; readonly playerId: PlayerId };
/** Says that the player's data key is gone; sent by nobody before that. */
export type CompleteErasure = { readonly type: 'CompleteErasure'; readonly playerId: PlayerId };

export const playerAccount: Decider<
  PlayerAccount,
  RegisterPlayer | ChangeDisplayName | SetEntitlements | RequestErasure | CompleteErasure,
  PlayerEvent,
  'PLAYER_NOT_FOUND'
> = {
  initial: { registered: false, displayName: null, entitlements: {}, erasure: 'none' },

  evolve(state, event) {
    switch (event.type) {
      case 'PlayerRegistered':
        return { ...state, registered: true };
      case 'DisplayNameChanged':
        return { ...state, displayName: event.data.displayName };
      case 'EntitlementGranted':
      case 'EntitlementRevoked':
        return { ...state, entitlements: evolveEntitlements(state.entitlements, event) };
      case 'PersonalDataErasureRequested':
        return { ...state, erasure: 'requested' };
      case 'PersonalDataErased':
        return { ...state, displayName: null, erasure: 'done' };
    }
  },

  decide(command, state) {
    if (command.type === 'RegisterPlayer') {
      const { playerId, method } = command;
      return state.registered ? accept() : accept({ type: 'PlayerRegistered', data: { playerId, method } });
    }
    const { playerId } = command;
    if (!state.registered) return reject('PLAYER_NOT_FOUND');
    switch (command.type) {
      case 'RequestErasure':
        return state.erasure === 'none'
          ? accept({ type: 'PersonalDataErasureRequested', data: { playerId } })
          : accept();
      case 'CompleteErasure':
        return state.erasure === 'requested' ? accept({ type: 'PersonalDataErased', data: { playerId } }) : accept();
      case 'ChangeDisplayName':
        if (state.erasure !== 'none') return reject('PLAYER_NOT_FOUND');
        return accept({ type: 'DisplayNameChanged', data: { playerId, displayName: command.displayName } });
      case 'SetEntitlements':
        if (state.erasure !== 'none') return reject('PLAYER_NOT_FOUND');
        return accept(...changesOfEntitlements(playerId, state.entitlements, command.entitlements));
    }
  },
};
