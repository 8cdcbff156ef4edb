import { group } from '../aggregates/group.ts';
import { groupName } from '../aggregates/group-name.ts';
import { evolveGroup, type Group, type GroupCommand, type RemoveErased } from '../aggregates/group-state.ts';
import { type GroupEvent, groupNameStream, groupStream } from '../events/group.ts';
import type { GroupId, PlayerId, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { accountCondition } from './entitlement.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

export { isAdmin } from '../aggregates/group-roles.ts';

const groupUse = (tenant: TenantId, groupId: GroupId) => using(group, groupStream(tenant, groupId));
const refused = (code: string) => ({ events: [], outcome: { ok: false, code } }) as const;
const afterwards = (state: Group, events: readonly GroupEvent[]): Group => events.reduce(evolveGroup, state);

/** Changes a group, or makes one; its name is taken and released in the same append. Codes: those of {@link group}, GROUP_NAME_TAKEN,
 *  PLAYER_NOT_FOUND where who is to be in the group, or invited, is nobody or to be erased. @returns the group then */
export const changeGroupBy = (
  runtime: CommandRuntime,
  command: Exclude<GroupCommand, RemoveErased>,
  context: CommandContext<Group>,
): Promise<Handled<Group>> => change(runtime, command, context, (then) => then);

/** Takes a player out of a group whose account is erased. No codes. */
export const removeErasedFromGroup = (
  runtime: CommandRuntime,
  player: { readonly groupId: GroupId; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> => change(runtime, { type: 'RemoveErased', ...player }, context, () => null);

async function change<Result>(
  runtime: CommandRuntime,
  command: GroupCommand,
  context: CommandContext<Result>,
  resultOf: (then: Group) => Result,
): Promise<Handled<Result>> {
  const { tenant } = context;
  const own =
    command.type === 'CreateGroup'
      ? using(group, groupStream(tenant, command.groupId), 'write', true)
      : groupUse(tenant, command.groupId);
  const name = command.type === 'CreateGroup' ? command.name : await nameToRelease(runtime, tenant, command);
  const reservation = name === null ? null : using(groupName, groupNameStream(tenant, name));
  const account = bringsIn(command) ? accountCondition(tenant, command.playerId) : null;
  return handle<Result>(
    runtime,
    [own, ...(reservation === null ? [] : [reservation]), ...(account === null ? [] : [account])],
    (stateOf) => {
      const { events, rejected } = group.decide(command, stateOf(own));
      if (rejected !== undefined) return refused(rejected);
      if (account !== null) {
        const { registered, erasure } = stateOf(account);
        if (!registered || erasure !== 'none') return refused('PLAYER_NOT_FOUND');
      }
      const then = afterwards(stateOf(own), events);
      const value = resultOf(then);
      const isNew = command.type === 'CreateGroup';
      if (reservation === null || !(isNew || then.phase === 'dissolved') || events.length === 0)
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

/** Whether somebody may be in the group, or be invited, by the command who was not before. Such an append fails when an erasure of the
 *  account was ordered first, so nobody comes in whom the eraser has missed. */
const bringsIn = (command: GroupCommand): boolean =>
  command.type === 'CreateGroup' ||
  command.type === 'JoinGroup' ||
  command.type === 'InviteToGroup' ||
  (command.type === 'AnswerRequest' && command.accept);

/** The name of a group that may end by the command. A name never changes, so it may be remembered. */
async function nameToRelease(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  { type, groupId }: GroupCommand,
): Promise<string | null> {
  if (type !== 'LeaveGroup' && type !== 'RemoveErased') return null;
  const use = groupUse(tenant, groupId);
  const known = await loadState(log, states, use);
  const state = known.phase === 'open' ? known : await loadState(log, states, use, true);
  return state.phase === 'open' ? state.name : null;
}

/** A group as the log has it now. */
export const findGroup = ({ log, states }: CommandRuntime, tenant: TenantId, groupId: GroupId): Promise<Group> =>
  loadState(log, states, groupUse(tenant, groupId), true);
