import { notification } from '../aggregates/notification.ts';
import {
  type AddressNotification,
  type DeleteNotification,
  type Delivery,
  delivery,
  type ReadNotification,
  type RecordFailure,
  type RecordSent,
  type RequeueSending,
  type SkipSending,
} from '../aggregates/notification-delivery.ts';
import { preferences } from '../aggregates/notification-settings.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import type { NotificationId, PlayerId, TenantId } from '../events/ids.ts';
import { type Channel, deliveryStream, type NotificationEvent, notificationStream } from '../events/notification.ts';
import { notificationPreferencesStream } from '../events/notification-settings.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** What each player is told. @property expiresAt RFC 3339 UTC */
export type NewNotification = {
  readonly notificationId: NotificationId;
  readonly template: string | null;
  readonly channels: readonly Channel[];
  readonly expiresAt: string;
  readonly texts: readonly { readonly playerId: PlayerId; readonly title: string; readonly content: string }[];
};

/** Queues a notification, its texts sealed for each player by itself.
 *  @throws PersonalDataErased when a player's data key was deleted */
export async function queueNotification(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  { texts, ...command }: NewNotification,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(notification, notificationStream(context.tenant, command.notificationId), 'write', true);
  for (;;) {
    const sealers = await Promise.all(texts.map(({ playerId }) => runtime.vault.forWriting(context.tenant, playerId)));
    const recipients = texts.map(({ playerId, title, content }, index) => ({
      playerId,
      title: sealers[index]!.encrypt('notification_title', title),
      content: sealers[index]!.encrypt('notification_content', content),
    }));
    const dataKeys = sealers.flatMap(({ newKey }) => (newKey === null ? [] : [newKey]));
    try {
      return await handle(
        runtime,
        [stream],
        (stateOf) => {
          const { events, rejected } = notification.decide(
            { type: 'QueueNotification', ...command, recipients },
            stateOf(stream),
          );
          if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
          return { events: [[stream, events]], outcome: { ok: true, value: null }, dataKeys };
        },
        context,
      );
    } catch (error) {
      // A player's first key was made elsewhere meanwhile: seal with that one.
      if (!(error instanceof DataKeyExists)) throw error;
    }
  }
}

/** Players whom one append sends a notification to. */
export const playersInOneAppend = 25;

/** Sends a queued notification on its way to some of its players, by the channels that they want. Whoever has it already is left alone.
 *  @param from index of the first one of them */
export async function addressNotification(
  runtime: CommandRuntime,
  queued: NotificationEvent['data'],
  from: number,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { notificationId, expiresAt } = queued;
  const addressed = await Promise.all(
    queued.recipients.slice(from, from + playersInOneAppend).map(async ({ playerId, title, content }) => {
      const wanted = await readPreferences(runtime, context.tenant, playerId);
      const channels = queued.channels.filter((channel) => wanted[channel]);
      const command = { notificationId, playerId, channels, emailHash: null, title, content, expiresAt };
      const stream = deliveryStream(context.tenant, notificationId, playerId);
      return {
        command: { type: 'AddressNotification', ...command } satisfies AddressNotification,
        use: using(delivery, stream, 'write', true),
      };
    }),
  );
  return handle<null>(
    runtime,
    addressed.map(({ use }) => use),
    (stateOf) => ({
      events: addressed.map(({ use, command }) => [use, delivery.decide(command, stateOf(use)).events] as const),
      outcome: { ok: true, value: null },
    }),
    context,
  );
}

/** Changes a notification of one player. Codes: NOTIFICATION_NOT_FOUND, SENDING_NOT_DEAD. */
export function changeDelivery(
  runtime: CommandRuntime,
  command: RecordSent | RecordFailure | SkipSending | RequeueSending | ReadNotification | DeleteNotification,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(delivery, deliveryStream(context.tenant, command.notificationId, command.playerId));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = delivery.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** Marks some notifications of a player as read, all or none; those that are gone meanwhile are left out.
 *  @param ids at most 100
 *  @returns the number that was unread */
export function readNotifications(
  runtime: CommandRuntime,
  { playerId, ids }: { readonly playerId: PlayerId; readonly ids: readonly NotificationId[] },
  context: CommandContext<number>,
): Promise<Handled<number>> {
  const { tenant, now } = context;
  const uses = ids.map((id) => ({ id, use: using(delivery, deliveryStream(tenant, id, playerId)) }));
  return handle<number>(
    runtime,
    uses.map(({ use }) => use),
    (stateOf) => {
      const events = uses.map(({ id, use }) => {
        const command = { type: 'ReadNotification', notificationId: id, playerId, now } as const;
        return [use, delivery.decide(command, stateOf(use)).events] as const;
      });
      const count = events.reduce((sum, [, fresh]) => sum + fresh.length, 0);
      return { events, outcome: { ok: true, value: count } };
    },
    context,
  );
}

/** A notification of one player as the log has it at this moment. */
export const readDelivery = (
  runtime: CommandRuntime,
  tenant: TenantId,
  notificationId: NotificationId,
  playerId: PlayerId,
): Promise<Delivery> =>
  loadState(runtime.log, runtime.states, using(delivery, deliveryStream(tenant, notificationId, playerId)), true);

/** By which channels a player wants to be reached at this moment. */
export const readPreferences = (runtime: CommandRuntime, tenant: TenantId, playerId: PlayerId) =>
  loadState(runtime.log, runtime.states, using(preferences, notificationPreferencesStream(tenant, playerId)), true);

/** Whether the tenant has this notification. */
export const isKnownNotification = async (
  runtime: CommandRuntime,
  tenant: TenantId,
  notificationId: NotificationId,
): Promise<boolean> => {
  const stream = using(notification, notificationStream(tenant, notificationId));
  return (await loadState(runtime.log, runtime.states, stream, true)).phase === 'queued';
};
