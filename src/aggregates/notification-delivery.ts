import type { EmailHash, NotificationId, PlayerId } from '../events/ids.ts';
import type { Channel, DeliveryEvent, ExternalChannel } from '../events/notification.ts';
import { accept, type Decider, type Decision, reject } from './decider.ts';
import { type FailedAttempt, isLast } from './retry.ts';

type Sending = { readonly status: 'pending' | 'sent' | 'dead' | 'skipped'; readonly attempts: number };

/** A notification on its way to one player.
 *  @property inApp     whether the player sees it in the game
 *  @property emailHash the address of the player's that e-mail goes to; null = one that was verified
 *  @property expiresAt milliseconds since 1970 */
export type Delivery =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'unread' | 'read' | 'deleted';
      readonly inApp: boolean;
      readonly emailHash: EmailHash | null;
      readonly title: string;
      readonly content: string;
      readonly expiresAt: number;
      readonly sendings: Readonly<Partial<Record<ExternalChannel, Sending>>>;
    };

type Place = { readonly notificationId: NotificationId; readonly playerId: PlayerId };
type ByChannel = Place & { readonly channel: ExternalChannel };

export type AddressNotification = Place & {
  readonly type: 'AddressNotification';
  readonly channels: readonly Channel[];
  readonly emailHash: EmailHash | null;
  readonly title: string;
  readonly content: string;
  readonly expiresAt: string;
};
export type RecordSent = ByChannel & { readonly type: 'RecordSent'; readonly via: 'gateway' | 'recorder' };
export type RecordFailure = ByChannel & { readonly type: 'RecordFailure' } & FailedAttempt;
export type SkipSending = ByChannel & { readonly type: 'SkipSending'; readonly reason: string };
export type RequeueSending = ByChannel & { readonly type: 'RequeueSending' };
/** @property now milliseconds since 1970 */
export type ReadNotification = Place & { readonly type: 'ReadNotification'; readonly now: number };
export type DeleteNotification = Place & { readonly type: 'DeleteNotification'; readonly now: number };

type Command =
  | AddressNotification
  | RecordSent
  | RecordFailure
  | SkipSending
  | RequeueSending
  | ReadNotification
  | DeleteNotification;
export type DeliveryRejection = 'NOTIFICATION_NOT_FOUND' | 'SENDING_NOT_DEAD';

const first: Sending = { status: 'pending', attempts: 0 };

export const delivery: Decider<Delivery, Command, DeliveryEvent, DeliveryRejection> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'NotificationAddressed') {
      const { channels, emailHash, title, content, expiresAt } = data;
      const outside = channels.filter((channel) => channel !== 'in_app');
      return {
        phase: 'unread',
        inApp: channels.includes('in_app'),
        emailHash,
        title,
        content,
        expiresAt: Date.parse(expiresAt),
        sendings: Object.fromEntries(outside.map((channel) => [channel, first])),
      };
    }
    if (state.phase === 'absent') return state;
    switch (type) {
      case 'NotificationRead':
        return { ...state, phase: 'read' };
      case 'NotificationDeleted':
        return { ...state, phase: 'deleted' };
      case 'NotificationSent':
        return withSending(state, data.channel, { status: 'sent', attempts: 0 });
      case 'NotificationSendSkipped':
        return withSending(state, data.channel, { status: 'skipped', attempts: 0 });
      case 'NotificationSendAbandoned':
        return withSending(state, data.channel, { status: 'dead', attempts: data.attempt });
      case 'NotificationSendFailed':
        return withSending(state, data.channel, { status: 'pending', attempts: data.attempt });
      case 'NotificationSendRequeued':
        return withSending(state, data.channel, first);
    }
  },

  decide(command, state) {
    const { notificationId, playerId } = command;
    const place = { notificationId, playerId };
    if (command.type === 'AddressNotification') {
      if (state.phase !== 'absent') return accept();
      const { channels, emailHash, title, content, expiresAt } = command;
      const data = { ...place, channels: [...channels], emailHash, title, content, expiresAt };
      return accept({ type: 'NotificationAddressed', data });
    }
    if (state.phase === 'absent') return reject('NOTIFICATION_NOT_FOUND');
    if (command.type === 'ReadNotification' || command.type === 'DeleteNotification') {
      if (!state.inApp) return reject('NOTIFICATION_NOT_FOUND');
      if (command.type === 'DeleteNotification')
        return state.phase === 'deleted' ? accept() : accept({ type: 'NotificationDeleted', data: place });
      if (state.phase === 'deleted' || command.now >= state.expiresAt) return reject('NOTIFICATION_NOT_FOUND');
      return state.phase === 'read' ? accept() : accept({ type: 'NotificationRead', data: place });
    }
    const sending = state.sendings[command.channel];
    if (sending === undefined) return reject('NOTIFICATION_NOT_FOUND');
    return decideSending(command, sending);
  },
};

const withSending = (
  state: Exclude<Delivery, { phase: 'absent' }>,
  channel: ExternalChannel,
  sending: Sending,
): Delivery => ({ ...state, sendings: { ...state.sendings, [channel]: sending } });

type SendingCommand = RecordSent | RecordFailure | SkipSending | RequeueSending;

function decideSending(
  command: SendingCommand,
  { status, attempts }: Sending,
): Decision<DeliveryEvent, DeliveryRejection> {
  const { notificationId, playerId, channel } = command;
  const data = { notificationId, playerId, channel };
  if (command.type === 'RequeueSending') {
    if (status === 'pending') return accept();
    return status === 'dead' ? accept({ type: 'NotificationSendRequeued', data }) : reject('SENDING_NOT_DEAD');
  }
  if (status !== 'pending') return accept();
  if (command.type === 'RecordSent') return accept({ type: 'NotificationSent', data: { ...data, via: command.via } });
  if (command.type === 'SkipSending')
    return accept({ type: 'NotificationSendSkipped', data: { ...data, reason: command.reason } });
  const { attempt, reason, retryAt } = command;
  if (attempt !== attempts + 1) return accept();
  return isLast(command)
    ? accept({ type: 'NotificationSendAbandoned', data: { ...data, attempt, reason } })
    : accept({ type: 'NotificationSendFailed', data: { ...data, attempt, reason, retryAt } });
}
