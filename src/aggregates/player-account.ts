import type { PlayerId } from '../events/ids.ts';
import type { PlayerEvent, SignInMethod } from '../events/player.ts';
import { type Credential, type Credentials, countOf, evolveCredentials, has } from './credentials.ts';
import { accept, type Decider, reject } from './decider.ts';
import { changesOfEntitlements, type Entitlements, evolveEntitlements, type Grant } from './entitlement.ts';

/** @property registeredAt ms since 1970; null = there is no such player
 *  @property erasure      how far the erasure of the player's personal data has come */
export type PlayerAccount = {
  readonly registered: boolean;
  readonly registeredAt: number | null;
  readonly displayName: string | null;
  readonly credentials: Credentials;
  readonly entitlements: Entitlements;
  readonly erasure: 'none' | 'requested' | 'done';
};

/** Whether there is such a player, and nobody ordered their erasure. */
export const isActive = ({ registered, erasure }: PlayerAccount): boolean => registered && erasure === 'none';

export type RegisterPlayer = {
  readonly type: 'RegisterPlayer';
  readonly playerId: PlayerId;
  readonly method: SignInMethod;
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
/** Notes what the player signs in with from now on, together with the event that links it. */
export type LinkCredential = Credential & { readonly type: 'LinkCredential'; readonly playerId: PlayerId };
/** Notes what the player signs in with no more; the last one stays. */
export type UnlinkCredential = Credential & { readonly type: 'UnlinkCredential'; readonly playerId: PlayerId };
/** Orders the erasure of what is personal. */
export type RequestErasure = { readonly type: 'RequestErasure'; readonly playerId: PlayerId };
/** Says that the player's data key is gone; sent by nobody before that. */
export type CompleteErasure = { readonly type: 'CompleteErasure'; readonly playerId: PlayerId };

export const playerAccount: Decider<
  PlayerAccount,
  | RegisterPlayer
  | LinkCredential
  | UnlinkCredential
  | ChangeDisplayName
  | SetEntitlements
  | RequestErasure
  | CompleteErasure,
  PlayerEvent,
  'PLAYER_NOT_FOUND' | 'LAST_CREDENTIAL'
> = {
  initial: {
    registered: false,
    registeredAt: null,
    displayName: null,
    credentials: { first: false, linked: [] },
    entitlements: {},
    erasure: 'none',
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PlayerRegistered':
        return {
          ...state,
          registered: true,
          registeredAt: Number(event.recordedAt) / 1_000,
          credentials: { first: event.data.method === 'device', linked: [] },
        };
      case 'CredentialLinked':
      case 'CredentialUnlinked':
        return { ...state, credentials: evolveCredentials(state.credentials, event) };
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
      case 'LinkCredential': {
        if (state.erasure !== 'none') return reject('PLAYER_NOT_FOUND');
        const { method, credential } = command;
        if (has(state.credentials, command)) return accept();
        return accept({ type: 'CredentialLinked', data: { playerId, method, credential } });
      }
      case 'UnlinkCredential': {
        const { method, credential } = command;
        if (countOf(state.credentials) <= 1) return reject('LAST_CREDENTIAL');
        return accept({ type: 'CredentialUnlinked', data: { playerId, method, credential } });
      }
      case 'ChangeDisplayName':
        if (state.erasure !== 'none') return reject('PLAYER_NOT_FOUND');
        return accept({ type: 'DisplayNameChanged', data: { playerId, displayName: command.displayName } });
      case 'SetEntitlements':
        if (state.erasure !== 'none') return reject('PLAYER_NOT_FOUND');
        return accept(...changesOfEntitlements(playerId, state.entitlements, command.entitlements));
    }
  },
};
