import { microsOf } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

/** What was said to bots, by whom, and what could not be done. */
export const bots: Tables = {
  bot_commands(log) {
    const rows = rowsBy('bot', 'update_id');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, bot: data.bot, update_id: data.updateId };
      if (type === 'BotCommandQueued') {
        const { command, contactId } = data;
        rows.set({ ...row, command, contact_id: contactId, status: 'queued', attempts: 0, due_at: at, queued_at: at });
      }
      if (type === 'BotCommandCompleted')
        rows.set({ ...row, status: 'done', reason: data.result, reply: data.reply, due_at: null });
      if (type === 'BotCommandFailed') {
        const { attempt, reason } = data;
        rows.set({ ...row, status: 'failed', attempts: attempt, reason, due_at: microsOf(data.retryAt) });
      }
      if (type === 'BotCommandAbandoned')
        rows.set({ ...row, status: 'dead', attempts: data.attempt, reason: data.reason, due_at: null });
      if (type === 'BotCommandRequeued') rows.set({ ...row, status: 'queued', attempts: 0, reason: null, due_at: at });
    }
    return rows.all();
  },

  bot_contacts(log) {
    const rows = rowsBy('contact_id');
    for (const { tenant, type, data } of log) {
      const row = { tenant, contact_id: data.contactId };
      if (type === 'BotContactLinked') rows.set({ ...row, player_id: data.playerId });
      if (type === 'BotContactUnlinked') rows.set({ ...row, player_id: null });
    }
    return rows.all();
  },

  dead_letters(log) {
    const rows = rowsBy('dead_letter_id');
    const states: Readonly<Record<string, string>> = {
      DeadLetterFiled: 'open',
      DeadLetterRetryRequested: 'retrying',
      DeadLetterRetryFailed: 'open',
      DeadLetterResolved: 'resolved',
      DeadLetterDiscarded: 'discarded',
    };
    for (const { tenant, type, data, at } of log) {
      const state = states[type];
      if (state === undefined) continue;
      const row = { tenant, dead_letter_id: data.deadLetterId, state, changed_at: at };
      rows.set({ ...row, ...('attempts' in data && { attempts: data.attempts }) });
      if ('reason' in data) rows.set({ ...row, reason: data.reason });
      if (type === 'DeadLetterFiled')
        rows.set({ ...row, source: data.deadLetterId.split('.')[0], sealed: data.sealed, filed_at: at });
    }
    return rows.all();
  },
};
