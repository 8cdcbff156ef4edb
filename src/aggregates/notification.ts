import type { NotificationId, PlayerId } from '../events/ids.ts';
import type { Channel, NotificationEvent } from '../events/notification.ts';
import { accept, type Decider, reject } from './decider.ts';

/** What an operator asked to tell some players; sealed for each of them. */
export type Notification = { readonly phase: 'absent' | 'queued' };

export type QueueNotification = {
  readonly type: 'QueueNotification';
  readonly notificationId: NotificationId;
  readonly template: string | null;
  readonly channels: readonly Channel[];
  readonly expiresAt: string;
  readonly recipients: readonly { readonly playerId: PlayerId; readonly title: string; readonly content: string }[];
};

export const notification: Decider<Notification, QueueNotification, NotificationEvent, 'NOTIFICATION_EXISTS'> = {
  initial: { phase: 'absent' },
  evolve: () => ({ phase: 'queued' }),
  decide({ type: _, ...command }, { phase }) {
    if (phase !== 'absent') return reject('NOTIFICATION_EXISTS');
    const data = { ...command, channels: [...command.channels], recipients: [...command.recipients] };
    return accept({ type: 'NotificationQueued', data });
  },
};
