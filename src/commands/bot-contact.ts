import { botContact, linkCode } from '../aggregates/bot-contact.ts';
import { botContactStream, linkCodeStream } from '../events/bot-contact.ts';
import type { ContactId, PlayerId, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Issues a code with which a player makes themselves known to a bot. Code: LINK_CODE_TAKEN.
 *  @param command.expiresAt RFC 3339 UTC */
export function issueLinkCode(
  runtime: CommandRuntime,
  { codeHash, ...command }: { readonly codeHash: string; readonly playerId: PlayerId; readonly expiresAt: string },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(linkCode, linkCodeStream(context.tenant, codeHash), 'write', true);
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = linkCode.decide({ type: 'IssueLinkCode', ...command }, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** Links a contact to the player whose code it gives. The same contact may give it again.
 *  Codes: LINK_CODE_UNKNOWN, LINK_CODE_EXPIRED. */
export function linkContact(
  runtime: CommandRuntime,
  { codeHash, contactId }: { readonly codeHash: string; readonly contactId: ContactId },
  context: CommandContext<PlayerId>,
): Promise<Handled<PlayerId>> {
  const code = using(linkCode, linkCodeStream(context.tenant, codeHash));
  const contact = using(botContact, botContactStream(context.tenant, contactId));
  return handle<PlayerId>(
    runtime,
    [code, contact],
    (stateOf) => {
      const issued = stateOf(code);
      const used = linkCode.decide({ type: 'UseLinkCode', contactId, now: context.now }, issued);
      if (used.rejected !== undefined || issued.phase === 'absent')
        return { events: [], outcome: { ok: false, code: used.rejected ?? 'LINK_CODE_UNKNOWN' } };
      const { playerId } = issued;
      const known = stateOf(contact);
      // a code that was used before must not bring back a link that was taken off since
      if (used.events.length === 0)
        return known.playerId === playerId
          ? { events: [], outcome: { ok: true, value: playerId } }
          : { events: [], outcome: { ok: false, code: 'LINK_CODE_UNKNOWN' } };
      const linked = botContact.decide({ type: 'LinkContact', contactId, playerId }, known).events;
      return {
        events: [
          [code, used.events],
          [contact, linked],
        ],
        outcome: { ok: true, value: playerId },
      };
    },
    context,
  );
}

/** Takes the link of a contact off, if there is one. */
export function unlinkContact(
  runtime: CommandRuntime,
  contactId: ContactId,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const contact = using(botContact, botContactStream(context.tenant, contactId));
  return handle(
    runtime,
    [contact],
    (stateOf) => {
      const { events } = botContact.decide({ type: 'UnlinkContact', contactId }, stateOf(contact));
      return { events: [[contact, events]], outcome: { ok: true, value: null } };
    },
    context,
  );
}

/** The player that a contact is linked to at this moment; null = none. */
export const playerOfContact = async (
  runtime: CommandRuntime,
  tenant: TenantId,
  contactId: ContactId,
): Promise<PlayerId | null> =>
  (await loadState(runtime.log, runtime.states, using(botContact, botContactStream(tenant, contactId)), true)).playerId;
