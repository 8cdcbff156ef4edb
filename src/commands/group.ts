import { group } from '../aggregates/group.ts';
import { groupName } from '../aggregates/group-name.ts';
import { evolveGroup, type Group, type GroupCommand } from '../aggregates/group-state.ts';
import { type GroupEvent, groupNameStream, groupStream } from '../events/group.ts';
import type { GroupId, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { accountCondition } from './entitlement.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

export { isAdmin } from '../aggregates/group-roles.ts';

const groupUse = (tenant: TenantId, groupId: GroupId) => using(group, groupStream(tenant, groupId));
const refused = (code: string) => ({ events: [], outcome: { ok: false, code } }) as const;
const afterwards = (state: Group, events: readonly GroupEvent[]): Group => events.reduce(evolveGroup, state);

/** Changes a group, or makes one; its name is taken and released in the same append. Codes: those of {@link group}, GROUP_NAME_TAKEN,
 *  PLAYER_NOT_FOUND for the invitation of nobody. @returns the group then */
export async function changeGroupBy(
  runtime: CommandRuntime,
  command: GroupCommand,
  context: CommandContext<Group>,
): Promise<Handled<Group>> {
  const { tenant } = context;
  const own =
    command.type === 'CreateGroup'
      ? using(group, groupStream(tenant, command.groupId), 'write', true)
      : groupUse(tenant, command.groupId);
  const name = command.type === 'CreateGroup' ? command.name : await nameToRelease(runtime, tenant, command);
  const reservation = name === null ? null : using(groupName, groupNameStream(tenant, name));
  const invited = command.type === 'InviteToGroup' ? accountCondition(tenant, command.playerId) : null;
  return handle<Group>(
    runtime,
    [own, ...(reservation === null ? [] : [reservation]), ...(invited === null ? [] : [invited])],
    (stateOf) => {
      const { events, rejected } = group.decide(command, stateOf(own));
      if (rejected !== undefined) return refused(rejected);
      if (invited !== null) {
        const { registered, erasure } = stateOf(invited);
        if (!registered || erasure !== 'none') return refused('PLAYER_NOT_FOUND');
      }
      const value = afterwards(stateOf(own), events);
      const isNew = command.type === 'CreateGroup';
      if (reservation === null || !(isNew || value.phase === 'dissolved') || events.length === 0)
        return { events: [[own, events]], outcome: { ok: true, value } };
      const type = isNew ? 'TakeGroupName' : 'ReleaseGroupName';
      const reserved = groupName.decide({ type, groupId: command.groupId }, stateOf(reservation));
      if (reserved.rejected !== undefined) return refused(reserved.rejected);
      return {
        events: [
          [own, events],
          [reservation, reserved.events],
        ],
        outcome: { ok: true, value },
      };
    },
    context,
  );
}

/** The name of a group that may end by the command. A name never changes, so it may be remembered. */
async function nameToRelease(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  { type, groupId }: GroupCommand,
): Promise<string | null> {
  if (type !== 'LeaveGroup') return null;
  const use = groupUse(tenant, groupId);
  const known = await loadState(log, states, use);
  const state = known.phase === 'open' ? known : await loadState(log, states, use, true);
  return state.phase === 'open' ? state.name : null;
}

/** A group as the log has it now. */
export const findGroup = ({ log, states }: CommandRuntime, tenant: TenantId, groupId: GroupId): Promise<Group> =>
  loadState(log, states, groupUse(tenant, groupId), true);
