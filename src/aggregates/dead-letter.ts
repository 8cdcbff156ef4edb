import type { DeadLetterEvent } from '../events/dead-letter.ts';
import type { DeadLetterId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Something that could not be done. `retrying`: asked for, not answered yet. */
export type DeadLetter =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open' | 'retrying' | 'resolved' | 'discarded';
      readonly attempts: number;
      readonly sealed: string;
    };

type About = { readonly deadLetterId: DeadLetterId };
/** @property attempts how often it was tried before */
export type FileDeadLetter = About & {
  readonly type: 'FileDeadLetter';
  readonly reason: string;
  readonly attempts: number;
  readonly sealed: string;
};
export type RetryDeadLetter = About & { readonly type: 'RetryDeadLetter' };
export type RecordRetryFailure = About & { readonly type: 'RecordRetryFailure'; readonly reason: string };
export type ResolveDeadLetter = About & { readonly type: 'ResolveDeadLetter' };
export type DiscardDeadLetter = About & { readonly type: 'DiscardDeadLetter' };
export type DeadLetterCommand =
  | FileDeadLetter
  | RetryDeadLetter
  | RecordRetryFailure
  | ResolveDeadLetter
  | DiscardDeadLetter;
export type DeadLetterRejection = 'DEAD_LETTER_NOT_FOUND' | 'DEAD_LETTER_SETTLED' | 'DEAD_LETTER_RETRYING';

export const deadLetter: Decider<DeadLetter, DeadLetterCommand, DeadLetterEvent, DeadLetterRejection> = {
  initial: { phase: 'absent' },

  evolve(state, event) {
    if (event.type === 'DeadLetterFiled')
      return { phase: 'open', attempts: event.data.attempts, sealed: event.data.sealed };
    if (state.phase === 'absent') return state;
    switch (event.type) {
      case 'DeadLetterRetryRequested':
        return { ...state, phase: 'retrying' };
      case 'DeadLetterRetryFailed':
        return { ...state, phase: 'open', attempts: event.data.attempts };
      case 'DeadLetterResolved':
        return { ...state, phase: 'resolved', attempts: event.data.attempts };
      case 'DeadLetterDiscarded':
        return { ...state, phase: 'discarded' };
    }
  },

  decide(command, state) {
    const data = { deadLetterId: command.deadLetterId };
    if (command.type === 'FileDeadLetter') {
      const { reason, attempts, sealed } = command;
      return state.phase === 'absent'
        ? accept({ type: 'DeadLetterFiled', data: { ...data, reason, attempts, sealed } })
        : accept();
    }
    if (state.phase === 'absent') return reject('DEAD_LETTER_NOT_FOUND');
    const attempts = state.attempts + 1;
    switch (command.type) {
      case 'RetryDeadLetter':
        if (state.phase === 'retrying') return accept();
        return state.phase === 'open'
          ? accept({ type: 'DeadLetterRetryRequested', data })
          : reject('DEAD_LETTER_SETTLED');
      case 'RecordRetryFailure':
        return state.phase === 'retrying'
          ? accept({ type: 'DeadLetterRetryFailed', data: { ...data, reason: command.reason, attempts } })
          : accept();
      case 'ResolveDeadLetter':
        return state.phase === 'retrying'
          ? accept({ type: 'DeadLetterResolved', data: { ...data, attempts } })
          : accept();
      case 'DiscardDeadLetter':
        if (state.phase === 'discarded') return accept();
        if (state.phase === 'retrying') return reject('DEAD_LETTER_RETRYING');
        return state.phase === 'open' ? accept({ type: 'DeadLetterDiscarded', data }) : reject('DEAD_LETTER_SETTLED');
    }
  },
};
