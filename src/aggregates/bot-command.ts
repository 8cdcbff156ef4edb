import type { BotCommandEvent, UpdateRef } from '../events/bot-command.ts';
import type { ContactId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';
import { type FailedAttempt, isLast } from './retry.ts';

/** A command that somebody gave to a bot.
 *  @property sealed   chat, language and argument, under the sender's data key
 *  @property attempts failed ones since it was queued or requeued */
export type BotCommand =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'queued' | 'failed' | 'done' | 'dead';
      readonly command: string;
      readonly contactId: ContactId;
      readonly sealed: string;
      readonly attempts: number;
    };

export type QueueBotCommand = UpdateRef & {
  readonly type: 'QueueBotCommand';
  readonly contactId: ContactId;
  readonly command: string;
  readonly sealed: string;
};
export type CompleteBotCommand = UpdateRef & {
  readonly type: 'CompleteBotCommand';
  readonly result: string;
  readonly reply: 'sent' | 'recorded' | 'none';
};
export type FailBotCommand = UpdateRef & { readonly type: 'FailBotCommand' } & FailedAttempt;
export type RequeueBotCommand = UpdateRef & { readonly type: 'RequeueBotCommand' };

type Command = QueueBotCommand | CompleteBotCommand | FailBotCommand | RequeueBotCommand;
export type BotCommandRejection = 'BOT_COMMAND_NOT_FOUND' | 'BOT_COMMAND_NOT_DEAD';

export const botCommand: Decider<BotCommand, Command, BotCommandEvent, BotCommandRejection> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'BotCommandQueued') {
      const { command, contactId, sealed } = data;
      return { phase: 'queued', command, contactId, sealed, attempts: 0 };
    }
    if (state.phase === 'absent') return state;
    switch (type) {
      case 'BotCommandCompleted':
        return { ...state, phase: 'done' };
      case 'BotCommandFailed':
        return { ...state, phase: 'failed', attempts: data.attempt };
      case 'BotCommandAbandoned':
        return { ...state, phase: 'dead', attempts: data.attempt };
      case 'BotCommandRequeued':
        return { ...state, phase: 'queued', attempts: 0 };
    }
  },

  decide(command, state) {
    const { bot, updateId } = command;
    if (command.type === 'QueueBotCommand') {
      if (state.phase !== 'absent') return accept(); // Telegram sends an update again until it is answered
      const { type: _, ...data } = command;
      return accept({ type: 'BotCommandQueued', data });
    }
    if (state.phase === 'absent') return reject('BOT_COMMAND_NOT_FOUND');
    const isOpen = state.phase === 'queued' || state.phase === 'failed';
    switch (command.type) {
      case 'CompleteBotCommand': {
        const { result, reply } = command;
        return isOpen ? accept({ type: 'BotCommandCompleted', data: { bot, updateId, result, reply } }) : accept();
      }
      case 'FailBotCommand': {
        const { attempt, reason, retryAt } = command;
        if (!isOpen || attempt !== state.attempts + 1) return accept();
        return isLast(command)
          ? accept({ type: 'BotCommandAbandoned', data: { bot, updateId, attempt, reason } })
          : accept({ type: 'BotCommandFailed', data: { bot, updateId, attempt, reason, retryAt } });
      }
      case 'RequeueBotCommand':
        if (state.phase === 'queued') return accept();
        return state.phase === 'dead'
          ? accept({ type: 'BotCommandRequeued', data: { bot, updateId } })
          : reject('BOT_COMMAND_NOT_DEAD');
    }
  },
};
