import type { CodePurpose, EmailCodeEvent } from '../events/email.ts';
import type { EmailHash, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A code that was sent to an address. @property expiresAt milliseconds since 1970 */
export type EmailCode =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'issued' | 'used';
      readonly emailHash: EmailHash;
      readonly playerId: PlayerId;
      readonly purpose: CodePurpose;
      readonly passwords: number;
      readonly expiresAt: number;
    };

export type IssueEmailCode = {
  readonly type: 'IssueEmailCode';
  readonly emailHash: EmailHash;
  readonly playerId: PlayerId;
  readonly purpose: CodePurpose;
  readonly passwords: number;
  readonly expiresAt: string;
};
/** @property passwords how often the password of the address has been set; @property now milliseconds since 1970 */
export type UseEmailCode = {
  readonly type: 'UseEmailCode';
  readonly purpose: CodePurpose;
  readonly owner: PlayerId | null;
  readonly passwords: number;
  readonly now: number;
};

export const emailCode: Decider<EmailCode, IssueEmailCode | UseEmailCode, EmailCodeEvent, 'EMAIL_CODE_INVALID'> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'EmailCodeIssued') return { phase: 'issued', ...data, expiresAt: Date.parse(data.expiresAt) };
    return state.phase === 'absent' ? state : { ...state, phase: 'used' };
  },

  decide(command, state) {
    if (command.type === 'IssueEmailCode') {
      const { type: _, ...data } = command;
      return state.phase === 'absent' ? accept({ type: 'EmailCodeIssued', data }) : reject('EMAIL_CODE_INVALID');
    }
    const isGood =
      state.phase === 'issued' &&
      state.purpose === command.purpose &&
      state.playerId === command.owner &&
      state.passwords === command.passwords &&
      command.now < state.expiresAt;
    if (!isGood) return reject('EMAIL_CODE_INVALID');
    return accept({ type: 'EmailCodeUsed', data: { emailHash: state.emailHash, playerId: state.playerId } });
  },
};
