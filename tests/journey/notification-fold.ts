import { type Stored, shown } from './log.ts';

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
