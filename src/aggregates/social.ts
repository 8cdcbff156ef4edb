import type { PlayerId } from '../events/ids.ts';
import type { SocialAccount, SocialEvent } from '../events/social.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Whose an account at a provider is, and how many players it has had. */
export type Social = { readonly playerId: PlayerId | null; readonly generation: number };

/** @property linkTo player that proved to be signed in and wants this account; null = a first use makes a player
 *  @property newPlayerId whom a first use makes
 *  @property erased player who is being erased: the account is free if it was theirs */
export type UseSocialAccount = SocialAccount & {
  readonly type: 'UseSocialAccount';
  readonly linkTo: PlayerId | null;
  readonly newPlayerId: PlayerId;
  readonly erased: PlayerId | null;
};
/** Frees an account; nothing when it is not, or no longer, that player's. */
export type ReleaseSocialAccount = SocialAccount & {
  readonly type: 'ReleaseSocialAccount';
  readonly playerId: PlayerId;
  readonly reason: 'erasure' | 'player';
};

export const social: Decider<
  Social,
  UseSocialAccount | ReleaseSocialAccount,
  SocialEvent,
  'SOCIAL_LINKED_TO_ANOTHER_PLAYER'
> = {
  initial: { playerId: null, generation: 0 },

  evolve(state, event) {
    if (event.type === 'SocialAccountReleased') return { ...state, playerId: null };
    return { playerId: event.data.playerId, generation: event.data.generation };
  },

  decide(command, { playerId, generation }) {
    const { provider, socialHash } = command;
    const released = (owner: PlayerId, reason: ReleaseSocialAccount['reason']): SocialEvent => ({
      type: 'SocialAccountReleased',
      data: { provider, socialHash, playerId: owner, reason },
    });
    if (command.type === 'ReleaseSocialAccount')
      return playerId === command.playerId ? accept(released(playerId, command.reason)) : accept();
    const { linkTo, newPlayerId, erased } = command;
    const claimed: SocialEvent = {
      type: 'SocialAccountClaimed',
      data: { provider, socialHash, playerId: linkTo ?? newPlayerId, generation: generation + 1 },
    };
    if (playerId === null) return accept(claimed);
    if (playerId === erased) return accept(released(playerId, 'erasure'), claimed);
    return linkTo === null || linkTo === playerId ? accept() : reject('SOCIAL_LINKED_TO_ANOTHER_PLAYER');
  },
};
