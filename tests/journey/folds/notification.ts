import { microsOf, type Stored, shown } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

export type NoticeFold = { readonly notification_id: string; readonly read: boolean; readonly created_at: string };

/** A player's notifications: unread ones first, then the newest first, then by id. */
export function foldInbox(log: readonly Stored[], playerId: string): NoticeFold[] {
  const notices = new Map<string, { at: Stored; read: boolean }>();
  for (const event of log) {
    const { type, data } = event;
    if (data.playerId !== playerId) continue;
    if (type === 'NotificationAddressed' && data.channels.includes('in_app'))
      notices.set(data.notificationId, { at: event, read: false });
    const notice = notices.get(data.notificationId);
    if (type === 'NotificationRead' && notice !== undefined) notice.read = true;
    if (type === 'NotificationDeleted') notices.delete(data.notificationId);
  }
  return [...notices]
    .sort(
      ([id, one], [otherId, other]) =>
        Number(one.read) - Number(other.read) || Number(other.at.at - one.at.at) || (id < otherId ? -1 : 1),
    )
    .map(([id, { at, read }]) => ({ notification_id: id, read, created_at: shown(at.at) }));
}

/** What players are told, by which ways, and with which texts. */
export const notifications: Tables = {
  notifications(log) {
    const rows = rowsBy('player_id', 'notification_id');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, player_id: data.playerId, notification_id: data.notificationId };
      if (type === 'NotificationAddressed' && data.channels.includes('in_app')) {
        const { title, content } = data;
        rows.set({ ...row, title, content, addressed_at: at, expires_at: microsOf(data.expiresAt) });
      }
      if (type === 'NotificationRead') rows.set({ ...row, read_at: at });
      if (type === 'NotificationDeleted') rows.set({ ...row, title: null, content: null, deleted_at: at });
    }
    return rows.all();
  },

  notification_sendings(log) {
    const rows = rowsBy('notification_id', 'player_id', 'channel');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, notification_id: data.notificationId, player_id: data.playerId, channel: data.channel };
      const again = { status: 'pending', attempts: 0, reason: null, due_at: at };
      if (type === 'NotificationAddressed')
        for (const channel of (data.channels as string[]).filter((each) => each !== 'in_app'))
          rows.set({ ...row, channel, ...again });
      const recorded = data.via === 'recorder' ? 'recorded' : null;
      if (type === 'NotificationSent') rows.set({ ...row, status: 'sent', reason: recorded, due_at: null });
      if (type === 'NotificationSendSkipped')
        rows.set({ ...row, status: 'skipped', reason: data.reason, due_at: null });
      if (type === 'NotificationSendFailed') {
        const { attempt: attempts, reason, retryAt } = data;
        rows.set({ ...row, status: 'pending', attempts, reason, due_at: microsOf(retryAt) });
      }
      if (type === 'NotificationSendAbandoned')
        rows.set({ ...row, status: 'dead', attempts: data.attempt, reason: data.reason, due_at: null });
      if (type === 'NotificationSendRequeued') rows.set({ ...row, ...again });
    }
    return rows.all();
  },

  notification_templates(log) {
    const rows = rowsBy('template');
    for (const { tenant, type, data } of log) {
      const row = { tenant, template: data.template };
      if (type === 'NotificationTemplateChanged') rows.set({ ...row, title: data.title, content: data.content });
      if (type === 'NotificationTemplateRemoved') rows.set({ ...row, title: null, content: null });
    }
    return rows.all();
  },
};
