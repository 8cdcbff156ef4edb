import type { GroupNameEvent } from '../events/group.ts';
import type { GroupId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** The group that has a name; null = none. */
export type GroupName = { readonly groupId: GroupId | null };
export type ChangeGroupName = { readonly type: 'TakeGroupName' | 'ReleaseGroupName'; readonly groupId: GroupId };

/** A name belongs to one group of a tenant at a time. Asked only when the group itself changes, and then always answers with an
 *  event or a refusal, as `partyPlace` does. */
export const groupName: Decider<GroupName, ChangeGroupName, GroupNameEvent, 'GROUP_NAME_TAKEN'> = {
  initial: { groupId: null },
  evolve: (_state, { type, data }) => ({ groupId: type === 'GroupNameTaken' ? data.groupId : null }),
  decide({ type, groupId }, state) {
    if (type === 'ReleaseGroupName') return accept({ type: 'GroupNameReleased', data: { groupId } });
    return state.groupId === null ? accept({ type: 'GroupNameTaken', data: { groupId } }) : reject('GROUP_NAME_TAKEN');
  },
};
