import type { NewEvent } from '../../src/event-store/port.ts';
import type { GroupId } from '../../src/events/ids.ts';
import { player } from '../processors/log-under-test.ts';

/** Events of groups for tests of read models, in any order: rows follow whatever history they are given. */

export const groupOf = (who: number) => player(400 + who) as string as GroupId;

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
  ];
  return events[next % events.length]!;
}
