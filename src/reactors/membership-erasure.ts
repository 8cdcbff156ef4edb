import { removeErasedFromGroup } from '../commands/group.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { cancelTicket, findSeat } from '../commands/matchmaking.ts';
import { departFromParty, findPartyOf } from '../commands/party.ts';
import type { GroupId } from '../events/ids.ts';
import type { Erased, Eraser } from './personal-data-erasure.ts';

/** Groups that are left between two renewals of the reaction's lease. */
export const groupsPerPage = 100;

/** Takes the player out of groups, with requests and invitations. An account that is to be erased is in the way of every new one, so a
 *  list from after the erasure has them all.
 *  @param groupsOf the player's groups after one of them, as many as asked for, read after everything that was committed until now */
export const groupEraser = (
  runtime: CommandRuntime,
  groupsOf: (
    erased: Erased,
    page: { readonly after: GroupId | null; readonly limit: number },
  ) => Promise<readonly GroupId[]>,
): Eraser => ({
  name: 'groups',
  async erase(erased, reaction) {
    for (let after: GroupId | null = null; ; ) {
      const page = await groupsOf(erased, { after, limit: groupsPerPage });
      for (const groupId of page)
        await reaction.once(
          (context) => removeErasedFromGroup(runtime, { groupId, playerId: erased.playerId }, context),
          `group/${groupId}`,
        );
      after = page.at(-1) ?? null;
      if (page.length < groupsPerPage) return;
      await reaction.keep();
    }
  },
});

/** Takes the player out of the party that they are in; there is no other, and no way into another. Invitations run out by themselves. */
export const partyEraser = (runtime: CommandRuntime): Eraser => ({
  name: 'parties',
  async erase({ tenant, playerId }, reaction) {
    const partyId = await findPartyOf(runtime, tenant, playerId);
    if (partyId === null) return;
    const command = { type: 'LeaveParty', partyId, playerId } as const;
    await reaction.once((context) => departFromParty(runtime, command, context), `party/${partyId}`);
  },
});

/** Takes the ticket back that the player waits with. A match that has begun goes on. */
export const ticketEraser = (runtime: CommandRuntime): Eraser => ({
  name: 'tickets',
  async erase({ tenant, playerId }, reaction) {
    const seat = await findSeat(runtime, tenant, playerId, reaction.now);
    if (seat.phase !== 'queued') return;
    const command = { ticketId: seat.ticketId, by: playerId };
    await reaction.once((context) => cancelTicket(runtime, command, context), `ticket/${seat.ticketId}`);
  },
});
