import type { NewEvent } from '../../src/event-store/port.ts';
import type { GroupId, PartyId } from '../../src/events/ids.ts';
import { player } from '../processors/log-under-test.ts';

/** Events of groups and parties for tests of read models, in any order: rows follow whatever history they are given. */

export const groupOf = (who: number) => player(400 + who) as string as GroupId;

const expiresAt = '2026-04-01T00:00:00.000Z';

export function groupEvent(who: number, next: number): NewEvent {
  const groupId = groupOf(who);
  const playerId = player(who);
  const events: readonly NewEvent[] = [
    {
      type: 'GroupCreated',
      data: { groupId, creatorId: playerId, name: `Owls ${who}`, description: '', visibility: 'public' },
    },
    { type: 'GroupDescribed', data: { groupId, description: `"${next}", {x}` } },
    { type: 'GroupTierChanged', data: { groupId, tier: 'gold' } },
    { type: 'GroupMemberJoined', data: { groupId, playerId, members: next + 1 } },
    { type: 'GroupMemberLeft', data: { groupId, playerId, members: next } },
    { type: 'GroupMemberKicked', data: { groupId, playerId, members: next, kickedBy: playerId, banned: true } },
    { type: 'GroupDissolved', data: { groupId } },
    { type: 'GroupJoinRequested', data: { groupId, playerId } },
    { type: 'GroupJoinDeclined', data: { groupId, playerId, declinedBy: playerId } },
    { type: 'GroupMemberInvited', data: { groupId, playerId, invitedBy: playerId, expiresAt } },
    { type: 'GroupRoleChanged', data: { groupId, playerId, role: 'admin', changedBy: playerId } },
  ];
  return events[next % events.length]!;
}

export const partyOf = (who: number) => player(500 + who) as string as PartyId;

export function partyEvent(who: number, next: number): NewEvent {
  const partyId = partyOf(who);
  const playerId = player(who);
  const events: readonly NewEvent[] = [
    { type: 'PartyMemberInvited', data: { partyId, playerId, invitedBy: player(who + 1), expiresAt } },
    { type: 'PartyMemberJoined', data: { partyId, playerId } },
    { type: 'PartyMemberKicked', data: { partyId, playerId, kickedBy: player(who + 1) } },
    { type: 'PartyDissolved', data: { partyId } },
  ];
  return events[next % events.length]!;
}
