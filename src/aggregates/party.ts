import type { PartyId, PlayerId } from '../events/ids.ts';
import type { PartyEvent } from '../events/party.ts';
import type { Tier } from '../events/player.ts';
import { accept, type Decider, type Decision, reject } from './decider.ts';
import { fitTogether, type PartyRules } from './party-rules.ts';

/** Players who play together.
 *  @property members  who is in it, the longest first; the leader is one of them
 *  @property invites  until when those who are asked to join may do so: milliseconds since 1970
 *  @property kicked   who was sent away, and comes back only when the leader invites them */
export type Party =
  | { readonly phase: 'absent' | 'dissolved' }
  | {
      readonly phase: 'open';
      readonly leaderId: PlayerId;
      readonly inviteOnly: boolean;
      readonly members: readonly PlayerId[];
      readonly invites: ReadonlyMap<PlayerId, number>;
      readonly kicked: ReadonlySet<PlayerId>;
    };
export type OpenParty = Extract<Party, { phase: 'open' }>;

/** Invitations of one party that may be open at once. */
export const maxPartyInvites = 64;

type Of<Type extends string> = { readonly type: Type; readonly partyId: PartyId; readonly playerId: PlayerId };
/** @property playerId the leader */
export type CreateParty = Of<'CreateParty'> & { readonly inviteOnly: boolean };
/** @property expiresAt RFC 3339 UTC; @property leaderTier tier of the party's leader; @property now milliseconds since 1970 */
export type InviteToParty = Of<'InviteToParty'> & {
  readonly invitedBy: PlayerId;
  readonly expiresAt: string;
  readonly leaderTier: Tier;
  readonly rules: PartyRules;
  readonly now: number;
};
/** @property tier of the player who joins; @property now milliseconds since 1970 */
export type JoinParty = Of<'JoinParty'> & {
  readonly tier: Tier;
  readonly leaderTier: Tier;
  readonly rules: PartyRules;
  readonly now: number;
};
export type LeaveParty = Of<'LeaveParty'>;
export type KickFromParty = Of<'KickFromParty'> & { readonly kickedBy: PlayerId };
export type PartyCommand = CreateParty | InviteToParty | JoinParty | LeaveParty | KickFromParty;
export type PartyRejection =
  | 'PARTY_EXISTS'
  | 'PARTY_NOT_FOUND'
  | 'PARTY_FULL'
  | 'PARTY_COMPOSITION'
  | 'PARTY_INVITE_REQUIRED'
  | 'PARTY_INVITES_FULL'
  | 'PARTY_LEADER_ONLY'
  | 'PARTY_MEMBER_NOT_FOUND';

type Decided = Decision<PartyEvent, PartyRejection>;

/** The party after an event. */
export function evolveParty(state: Party, { type, data }: PartyEvent): Party {
  if (type === 'PartyCreated') {
    const { leaderId, inviteOnly } = data;
    const nobody = { invites: new Map<PlayerId, number>(), kicked: new Set<PlayerId>() };
    return { phase: 'open', leaderId, inviteOnly, members: [leaderId], ...nobody };
  }
  if (state.phase !== 'open') return state;
  switch (type) {
    case 'PartyMemberInvited': {
      const invites = new Map(state.invites).set(data.playerId, Date.parse(data.expiresAt));
      return { ...state, invites, kicked: without(state.kicked, data.playerId) };
    }
    case 'PartyMemberJoined':
      return {
        ...state,
        members: [...state.members.filter((id) => id !== data.playerId), data.playerId],
        invites: withoutInvite(state.invites, data.playerId),
      };
    case 'PartyMemberLeft':
      return { ...state, members: state.members.filter((id) => id !== data.playerId) };
    case 'PartyMemberKicked':
      return {
        ...state,
        members: state.members.filter((id) => id !== data.playerId),
        invites: withoutInvite(state.invites, data.playerId),
        kicked: new Set(state.kicked).add(data.playerId),
      };
    case 'PartyLeaderChanged':
      return { ...state, leaderId: data.leaderId };
    case 'PartyDissolved':
      return { phase: 'dissolved' };
  }
}

export const party: Decider<Party, PartyCommand, PartyEvent, PartyRejection> = {
  initial: { phase: 'absent' },
  evolve: evolveParty,

  decide(command, state) {
    const { partyId, playerId } = command;
    if (command.type === 'CreateParty') {
      if (state.phase !== 'absent') return reject('PARTY_EXISTS');
      const { inviteOnly } = command;
      return accept({ type: 'PartyCreated', data: { partyId, leaderId: playerId, inviteOnly } });
    }
    if (state.phase !== 'open') return reject('PARTY_NOT_FOUND');
    switch (command.type) {
      case 'InviteToParty':
        return invite(command, state);
      case 'JoinParty':
        return join(command, state);
      case 'LeaveParty':
        return state.members.includes(playerId)
          ? accept(...leave(partyId, playerId, state))
          : reject('PARTY_NOT_FOUND');
      case 'KickFromParty':
        return kick(command, state);
    }
  },
};

function invite({ partyId, playerId, ...command }: InviteToParty, state: OpenParty): Decided {
  const { invitedBy, expiresAt, leaderTier, rules, now } = command;
  if (!state.members.includes(invitedBy)) return reject('PARTY_NOT_FOUND');
  if (state.members.includes(playerId)) return accept();
  if (state.members.length >= rules.sizes[leaderTier]) return reject('PARTY_FULL');
  if (state.kicked.has(playerId) && invitedBy !== state.leaderId) return reject('PARTY_COMPOSITION');
  if ((state.invites.get(playerId) ?? 0) > now) return accept();
  const open = [...state.invites.values()].filter((until) => until > now).length;
  if (open >= maxPartyInvites) return reject('PARTY_INVITES_FULL');
  return accept({ type: 'PartyMemberInvited', data: { partyId, playerId, invitedBy, expiresAt } });
}

function join({ partyId, playerId, tier, leaderTier, rules, now }: JoinParty, state: OpenParty): Decided {
  if (state.members.includes(playerId)) return accept();
  if (state.kicked.has(playerId)) return reject('PARTY_COMPOSITION');
  if (state.inviteOnly && (state.invites.get(playerId) ?? 0) <= now) return reject('PARTY_INVITE_REQUIRED');
  if (state.members.length >= rules.sizes[leaderTier]) return reject('PARTY_FULL');
  if (!fitTogether(rules, tier, leaderTier)) return reject('PARTY_COMPOSITION');
  return accept({ type: 'PartyMemberJoined', data: { partyId, playerId } });
}

/** A member goes: the one who has been there the longest leads then; nobody left = no party any more. */
function leave(partyId: PartyId, playerId: PlayerId, { leaderId, members }: OpenParty): readonly PartyEvent[] {
  const left: PartyEvent = { type: 'PartyMemberLeft', data: { partyId, playerId } };
  const next = members.find((id) => id !== playerId);
  if (next === undefined) return [left, { type: 'PartyDissolved', data: { partyId } }];
  return playerId === leaderId ? [left, { type: 'PartyLeaderChanged', data: { partyId, leaderId: next } }] : [left];
}

function kick({ partyId, playerId, kickedBy }: KickFromParty, state: OpenParty): Decided {
  if (!state.members.includes(kickedBy)) return reject('PARTY_NOT_FOUND');
  if (kickedBy !== state.leaderId || playerId === kickedBy) return reject('PARTY_LEADER_ONLY');
  if (state.kicked.has(playerId)) return accept();
  if (!state.members.includes(playerId)) return reject('PARTY_MEMBER_NOT_FOUND');
  return accept({ type: 'PartyMemberKicked', data: { partyId, playerId, kickedBy } });
}

/** Who is in a party, the longest first; nobody when there is none. */
export const membersOf = (state: Party): readonly PlayerId[] => (state.phase === 'open' ? state.members : []);

/** Whether a player is told of a party: its members and whoever is invited to it, of an open one everybody who knows its id.
 *  @param now milliseconds since 1970 */
export const seesParty = (state: OpenParty, playerId: PlayerId, now: number): boolean =>
  state.members.includes(playerId) ||
  (!state.kicked.has(playerId) && (!state.inviteOnly || (state.invites.get(playerId) ?? 0) > now));

const without = (players: ReadonlySet<PlayerId>, playerId: PlayerId): ReadonlySet<PlayerId> => {
  const others = new Set(players);
  others.delete(playerId);
  return others;
};
const withoutInvite = (invites: ReadonlyMap<PlayerId, number>, playerId: PlayerId): ReadonlyMap<PlayerId, number> => {
  const others = new Map(invites);
  others.delete(playerId);
  return others;
};
