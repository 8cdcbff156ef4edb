import type { PartyId, PlayerId } from '../events/ids.ts';
import type { PartyPlaceEvent } from '../events/party.ts';
import { accept, type Decider, reject } from './decider.ts';

/** The party that a player is in; null = none. */
export type PartyPlace = { readonly partyId: PartyId | null };

export type ChangePartyPlace = {
  readonly type: 'TakePartyPlace' | 'GiveUpPartyPlace';
  readonly playerId: PlayerId;
  readonly partyId: PartyId;
};

/** A player is in one party at a time. Asked only when the party itself changes, and then always answers with an event: an append
 *  checks the versions of those streams only that it writes to. */
export const partyPlace: Decider<PartyPlace, ChangePartyPlace, PartyPlaceEvent, 'ALREADY_IN_PARTY'> = {
  initial: { partyId: null },

  evolve(_state, { type, data }) {
    return { partyId: type === 'PartyPlaceTaken' ? data.partyId : null };
  },

  decide({ type, playerId, partyId }, state) {
    const data = { partyId, playerId };
    if (type === 'GiveUpPartyPlace') return accept({ type: 'PartyPlaceGivenUp', data });
    if (state.partyId !== null && state.partyId !== partyId) return reject('ALREADY_IN_PARTY');
    return accept({ type: 'PartyPlaceTaken', data });
  },
};
