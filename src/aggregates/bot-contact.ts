import type { BotContactEvent, LinkCodeEvent } from '../events/bot-contact.ts';
import type { ContactId, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Which player somebody who writes to a bot is; null = nobody we know. */
export type BotContact = { readonly playerId: PlayerId | null };
export type LinkContact = {
  readonly type: 'LinkContact';
  readonly contactId: ContactId;
  readonly playerId: PlayerId;
};
export type UnlinkContact = { readonly type: 'UnlinkContact'; readonly contactId: ContactId };

export const botContact: Decider<BotContact, LinkContact | UnlinkContact, BotContactEvent, never> = {
  initial: { playerId: null },
  evolve: (_state, { type, data }) => ({ playerId: type === 'BotContactLinked' ? data.playerId : null }),
  decide(command, { playerId }) {
    const { contactId } = command;
    if (command.type === 'UnlinkContact')
      return playerId === null ? accept() : accept({ type: 'BotContactUnlinked', data: { contactId } });
    return command.playerId === playerId
      ? accept()
      : accept({ type: 'BotContactLinked', data: { contactId, playerId: command.playerId } });
  },
};

/** A code that a player hands to a bot to be known there.
 *  @property expiresAt milliseconds since 1970
 *  @property usedBy    null until somebody used it */
export type LinkCode =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'issued';
      readonly playerId: PlayerId;
      readonly expiresAt: number;
      readonly usedBy: ContactId | null;
    };
export type IssueLinkCode = {
  readonly type: 'IssueLinkCode';
  readonly playerId: PlayerId;
  readonly expiresAt: string;
};
/** @property now milliseconds since 1970 */
export type UseLinkCode = { readonly type: 'UseLinkCode'; readonly contactId: ContactId; readonly now: number };
export type LinkCodeRejection = 'LINK_CODE_TAKEN' | 'LINK_CODE_UNKNOWN' | 'LINK_CODE_EXPIRED';

export const linkCode: Decider<LinkCode, IssueLinkCode | UseLinkCode, LinkCodeEvent, LinkCodeRejection> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'LinkCodeIssued')
      return { phase: 'issued', playerId: data.playerId, expiresAt: Date.parse(data.expiresAt), usedBy: null };
    return state.phase === 'absent' ? state : { ...state, usedBy: data.contactId };
  },

  decide(command, state) {
    if (command.type === 'IssueLinkCode') {
      if (state.phase !== 'absent') return reject('LINK_CODE_TAKEN');
      const { playerId, expiresAt } = command;
      return accept({ type: 'LinkCodeIssued', data: { playerId, expiresAt } });
    }
    const { contactId, now } = command;
    if (state.phase === 'absent') return reject('LINK_CODE_UNKNOWN');
    if (state.usedBy !== null) return state.usedBy === contactId ? accept() : reject('LINK_CODE_UNKNOWN');
    return now < state.expiresAt ? accept({ type: 'LinkCodeUsed', data: { contactId } }) : reject('LINK_CODE_EXPIRED');
  },
};
