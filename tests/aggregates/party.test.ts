import { describe, expect, test } from 'vitest';
import { type JoinParty, maxPartyInvites, party, seesParty } from '../../src/aggregates/party.ts';
import { partyPlace } from '../../src/aggregates/party-place.ts';
import type { PartyRules } from '../../src/aggregates/party-rules.ts';
import type { PartyId, PlayerId } from '../../src/events/ids.ts';
import type { PartyEvent } from '../../src/events/party.ts';
import { alice, at, bob, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(party);
const partyId = '99999999-9999-4999-8999-999999999999' as PartyId;
const carol = '44444444-4444-4444-8444-444444444444' as PlayerId;
const dave = '55555555-5555-4555-8555-555555555555' as PlayerId;
const rules: PartyRules = { sizes: { free: 2, silver: 3, gold: 4 }, maxTierGap: 2 };

const created: PartyEvent = { type: 'PartyCreated', data: { partyId, leaderId: alice, inviteOnly: true } };
const openToAll: PartyEvent = { type: 'PartyCreated', data: { partyId, leaderId: alice, inviteOnly: false } };
const invited = (playerId: PlayerId, invitedBy = alice, until = '12:00'): PartyEvent => ({
  type: 'PartyMemberInvited',
  data: { partyId, playerId, invitedBy, expiresAt: iso(until) },
});
const joined = (playerId: PlayerId): PartyEvent => ({ type: 'PartyMemberJoined', data: { partyId, playerId } });
const left = (playerId: PlayerId): PartyEvent => ({ type: 'PartyMemberLeft', data: { partyId, playerId } });
const kicked = (playerId: PlayerId): PartyEvent => ({
  type: 'PartyMemberKicked',
  data: { partyId, playerId, kickedBy: alice },
});
const leads = (leaderId: PlayerId): PartyEvent => ({ type: 'PartyLeaderChanged', data: { partyId, leaderId } });
const dissolved: PartyEvent = { type: 'PartyDissolved', data: { partyId } };

const create = { type: 'CreateParty', partyId, playerId: alice, inviteOnly: true } as const;
const invite = (playerId: PlayerId, invitedBy = alice) =>
  ({
    type: 'InviteToParty',
    partyId,
    playerId,
    invitedBy,
    expiresAt: iso('12:00'),
    leaderTier: 'free',
    rules,
    now: at('11:00'),
  }) as const;
const join = (playerId: PlayerId, changes: Partial<JoinParty> = {}): JoinParty => ({
  type: 'JoinParty',
  partyId,
  playerId,
  tier: 'free',
  leaderTier: 'free',
  rules,
  now: at('11:00'),
  ...changes,
});
const leave = (playerId: PlayerId) => ({ type: 'LeaveParty', partyId, playerId }) as const;
const kick = (playerId: PlayerId, kickedBy = alice) =>
  ({ type: 'KickFromParty', partyId, playerId, kickedBy }) as const;

describe('a new party', () => {
  test('has its leader', () => given().when(create).thenOnce('PARTY_EXISTS', created));
  test('is not made of one that was', () =>
    given(created, left(alice), dissolved).when(create).thenRejects('PARTY_EXISTS'));
});

describe('an invitation', () => {
  test('is given by a member', () => given(created).when(invite(bob)).then(invited(bob)));
  test('is not repeated while it counts', () => given(created, invited(bob)).when(invite(bob)).thenNothing());
  test('is given again when it has run out', () =>
    given(created, invited(bob, alice, '11:00'))
      .when(invite(bob))
      .then(invited(bob)));
  test('of a member changes nothing', () => given(openToAll, joined(bob)).when(invite(bob)).thenNothing());
  test('by somebody else is refused as if there were no party', () =>
    given(created).when(invite(carol, bob)).thenRejects('PARTY_NOT_FOUND'));
  test('to no party is refused', () => given().when(invite(bob)).thenRejects('PARTY_NOT_FOUND'));
  test('to a party that ended is refused', () =>
    given(created, left(alice), dissolved).when(invite(bob)).thenRejects('PARTY_NOT_FOUND'));
  test('to a full party is refused', () => given(openToAll, joined(bob)).when(invite(carol)).thenRejects('PARTY_FULL'));
  test('of who was sent away is given by the leader only', () => {
    const wider = { leaderTier: 'gold' } as const;
    const history = [openToAll, joined(bob), joined(carol), kicked(carol)];
    given(...history)
      .when({ ...invite(carol, bob), ...wider })
      .thenRejects('PARTY_COMPOSITION');
    given(...history)
      .when({ ...invite(carol), ...wider })
      .then(invited(carol));
  });
  test('is refused when too many are open, and counts only those', () => {
    const others = Array.from({ length: maxPartyInvites }, (_, n) => `p${n}` as PlayerId);
    given(created, ...others.map((id) => invited(id)))
      .when(invite(bob))
      .thenRejects('PARTY_INVITES_FULL');
    given(created, ...others.map((id) => invited(id, alice, '10:00')))
      .when(invite(bob))
      .then(invited(bob));
  });
});

describe('joining', () => {
  test('takes an invitation', () => given(created, invited(bob)).when(join(bob)).then(joined(bob)));
  test('needs no invitation where the party is open', () => given(openToAll).when(join(bob)).then(joined(bob)));
  test('again changes nothing, also when the party is full', () =>
    given(openToAll, joined(bob)).when(join(bob)).thenNothing());
  test('without an invitation is refused', () => given(created).when(join(bob)).thenRejects('PARTY_INVITE_REQUIRED'));
  test('with an invitation that ran out is refused', () =>
    given(created, invited(bob, alice, '11:00'))
      .when(join(bob))
      .thenRejects('PARTY_INVITE_REQUIRED'));
  test('uses the invitation up', () =>
    given(created, invited(bob), joined(bob), left(bob)).when(join(bob)).thenRejects('PARTY_INVITE_REQUIRED'));
  test('no party is refused', () => given().when(join(bob)).thenRejects('PARTY_NOT_FOUND'));
  test('a party that ended is refused', () =>
    given(openToAll, left(alice), dissolved).when(join(bob)).thenRejects('PARTY_NOT_FOUND'));
  test.each([
    { leaderTier: 'free', members: [bob] },
    { leaderTier: 'silver', members: [bob, carol] },
    { leaderTier: 'gold', members: [bob, carol, 'p1' as PlayerId] },
  ] as const)('is possible until the size of a $leaderTier leader is reached', ({ leaderTier, members }) => {
    const history = members.map(joined);
    given(openToAll, ...history.slice(1))
      .when(join(dave, { leaderTier }))
      .then(joined(dave));
    given(openToAll, ...history)
      .when(join(dave, { leaderTier }))
      .thenRejects('PARTY_FULL');
  });
  test('is refused beyond the gap between tiers, upwards and downwards', () => {
    const strict = { rules: { ...rules, maxTierGap: 1 } };
    given(openToAll)
      .when(join(bob, { ...strict, tier: 'silver' }))
      .then(joined(bob));
    given(openToAll)
      .when(join(bob, { ...strict, tier: 'gold' }))
      .thenRejects('PARTY_COMPOSITION');
    given(openToAll)
      .when(join(bob, { ...strict, leaderTier: 'gold' }))
      .thenRejects('PARTY_COMPOSITION');
    given(openToAll)
      .when(join(bob, { tier: 'gold' }))
      .then(joined(bob));
  });
  test('after being sent away is refused until the leader invites', () => {
    const history = [openToAll, joined(bob), kicked(bob)];
    given(...history)
      .when(join(bob))
      .thenRejects('PARTY_COMPOSITION');
    given(...history, invited(bob))
      .when(join(bob))
      .then(joined(bob));
  });
});

describe('leaving', () => {
  test('takes a member out', () =>
    given(openToAll, joined(bob)).when(leave(bob)).thenOnce('PARTY_NOT_FOUND', left(bob)));
  test('hands the lead to who has been there the longest', () =>
    given(openToAll, joined(bob), joined(carol))
      .when(leave(alice))
      .thenOnce('PARTY_NOT_FOUND', left(alice), leads(bob)));
  test('ends the party with its last member', () =>
    given(created).when(leave(alice)).thenOnce('PARTY_NOT_FOUND', left(alice), dissolved));
  test('is refused to who is no member', () =>
    given(created, invited(bob)).when(leave(bob)).thenRejects('PARTY_NOT_FOUND'));
});

describe('sending away', () => {
  test('is what the leader may do', () => given(openToAll, joined(bob)).when(kick(bob)).then(kicked(bob)));
  test('is refused to other members', () =>
    given(openToAll, joined(bob), joined(carol)).when(kick(carol, bob)).thenRejects('PARTY_LEADER_ONLY'));
  test('is no way for the leader to go', () => given(created).when(kick(alice)).thenRejects('PARTY_LEADER_ONLY'));
  test('of nobody is refused', () =>
    given(created, invited(bob)).when(kick(bob)).thenRejects('PARTY_MEMBER_NOT_FOUND'));
  test('by somebody else is refused as if there were no party', () =>
    given(created).when(kick(alice, bob)).thenRejects('PARTY_NOT_FOUND'));
});

describe('a party', () => {
  const sees = (events: readonly PartyEvent[], who: PlayerId, time = '11:00') => {
    const state = fold(party, events);
    return state.phase === 'open' && seesParty(state, who, at(time));
  };
  test('is seen by members and who is invited', () => {
    expect(sees([created], alice)).toBe(true);
    expect(sees([created], bob)).toBe(false);
    expect(sees([created, invited(bob)], bob)).toBe(true);
    expect(sees([created, invited(bob)], bob, '12:00')).toBe(false);
  });
  test('that is open is seen by everybody but who was sent away', () => {
    expect(sees([openToAll], bob)).toBe(true);
    expect(sees([openToAll, joined(bob), kicked(bob)], bob)).toBe(false);
  });
  test('that ended stays so, whatever its history says', () =>
    expect(fold(party, [created, dissolved, joined(bob)])).toEqual({ phase: 'dissolved' }));
});

describe("a player's place", () => {
  const givenPlace = specification(partyPlace);
  const other = '88888888-8888-4888-8888-888888888888' as PartyId;
  const data = { partyId, playerId: bob };
  const take = { type: 'TakePartyPlace', ...data } as const;
  const giveUp = { type: 'GiveUpPartyPlace', ...data } as const;
  const taken = { type: 'PartyPlaceTaken', data } as const;
  const givenUp = { type: 'PartyPlaceGivenUp', data } as const;

  test('is in one party', () => givenPlace().when(take).thenEachTime(taken));
  test('is free again after it was given up', () => givenPlace(taken, givenUp).when(take).thenEachTime(taken));
  test('is not in a second one', () =>
    givenPlace(taken)
      .when({ ...take, partyId: other })
      .thenRejects('ALREADY_IN_PARTY'));
  test('is given up, whatever is remembered of it', () => {
    givenPlace(taken).when(giveUp).thenEachTime(givenUp);
    givenPlace().when(giveUp).thenEachTime(givenUp);
  });
});
