import { type AnalyticsEvent, analyticsEvents } from './analytics.ts';
import { type BattleMatchEvent, battleMatchEvents } from './battle-match.ts';
import { type BotCommandEvent, botCommandEvents } from './bot-command.ts';
import { type BotContactEvent, botContactEvents, type LinkCodeEvent, linkCodeEvents } from './bot-contact.ts';
import { type ConfigEvent, configEvents } from './config.ts';
import { type DeadLetterEvent, deadLetterEvents } from './dead-letter.ts';
import type { EventDefinition, PublicMessage } from './definition.ts';
import { type DeviceEvent, deviceEvents } from './device.ts';
import {
  type EmailCodeEvent,
  type EmailCodeRequestEvent,
  type EmailEvent,
  emailCodeEvents,
  emailCodeRequestEvents,
  emailEvents,
} from './email.ts';
import type { JsonObject, RecordedEvent } from './envelope.ts';
import {
  type ExperimentEvent,
  type ExperimentLayerEvent,
  experimentEvents,
  experimentLayerEvents,
} from './experiment.ts';
import { type ExposureEvent, exposureEvents } from './exposure.ts';
import { type GroupEvent, type GroupNameEvent, groupEvents, groupNameEvents } from './group.ts';
import { type LeaderboardEntryEvent, leaderboardEntryEvents } from './leaderboard-entry.ts';
import { type MatchmakingTicketEvent, matchmakingTicketEvents } from './matchmaking-ticket.ts';
import { type DeliveryEvent, deliveryEvents, type NotificationEvent, notificationEvents } from './notification.ts';
import {
  type NotificationPreferencesEvent,
  type NotificationTemplateEvent,
  notificationPreferencesEvents,
  notificationTemplateEvents,
} from './notification-settings.ts';
import { type PartyEvent, type PartyPlaceEvent, partyEvents, partyPlaceEvents } from './party.ts';
import { type PlayerEvent, playerEvents } from './player.ts';
import { type ProductEvent, productEvents } from './product.ts';
import { type PurchaseEvent, purchaseEvents, type ReceiptEvent, receiptEvents } from './purchase.ts';
import { type RatingEvent, ratingEvents } from './rating.ts';
import { type RewardEvent, rewardEvents } from './reward.ts';
import { type SeasonEvent, seasonEvents } from './season.ts';
import { type SeatEvent, seatEvents } from './seat.ts';
import { type SessionEvent, sessionEvents } from './session.ts';
import { type SocialEvent, socialEvents } from './social.ts';
import {
  type EntrantEvent,
  entrantEvents,
  type RosterEvent,
  rosterEvents,
  type TournamentEvent,
  tournamentEvents,
} from './tournament.ts';
import { type WalletEvent, walletEvents } from './wallet.ts';

/** Every event of the domain. A new context adds its events here and nowhere else. */
export type DomainEvent =
  | AnalyticsEvent
  | DeviceEvent
  | GroupEvent
  | GroupNameEvent
  | PartyEvent
  | PartyPlaceEvent
  | EmailEvent
  | EmailCodeEvent
  | EmailCodeRequestEvent
  | SocialEvent
  | PlayerEvent
  | SessionEvent
  | SeasonEvent
  | RewardEvent
  | TournamentEvent
  | RosterEvent
  | EntrantEvent
  | LeaderboardEntryEvent
  | ProductEvent
  | PurchaseEvent
  | ReceiptEvent
  | WalletEvent
  | BotCommandEvent
  | DeadLetterEvent
  | BotContactEvent
  | LinkCodeEvent
  | NotificationEvent
  | DeliveryEvent
  | NotificationPreferencesEvent
  | NotificationTemplateEvent
  | MatchmakingTicketEvent
  | SeatEvent
  | BattleMatchEvent
  | RatingEvent
  | ExperimentEvent
  | ExperimentLayerEvent
  | ExposureEvent
  | ConfigEvent;

export const eventCatalogue: { readonly [Type in DomainEvent['type']]: EventDefinition } = {
  ...analyticsEvents,
  ...deviceEvents,
  ...groupEvents,
  ...groupNameEvents,
  ...partyEvents,
  ...partyPlaceEvents,
  ...emailEvents,
  ...emailCodeEvents,
  ...emailCodeRequestEvents,
  ...socialEvents,
  ...playerEvents,
  ...sessionEvents,
  ...seasonEvents,
  ...rewardEvents,
  ...tournamentEvents,
  ...rosterEvents,
  ...entrantEvents,
  ...leaderboardEntryEvents,
  ...productEvents,
  ...purchaseEvents,
  ...receiptEvents,
  ...walletEvents,
  ...botCommandEvents,
  ...deadLetterEvents,
  ...botContactEvents,
  ...linkCodeEvents,
  ...notificationEvents,
  ...deliveryEvents,
  ...notificationPreferencesEvents,
  ...notificationTemplateEvents,
  ...matchmakingTicketEvents,
  ...seatEvents,
  ...battleMatchEvents,
  ...ratingEvents,
  ...experimentEvents,
  ...experimentLayerEvents,
  ...exposureEvents,
  ...configEvents,
};

/** Public messages of an event; none for events that are nobody's business outside. */
export function publicMessagesOf({ type, data }: DomainEvent): readonly (PublicMessage & { readonly type: string })[] {
  const message = eventCatalogue[type].message?.(data);
  return message === undefined ? [] : [{ ...message, type }];
}

/** The log holds an event that its definition does not accept. */
export class CorruptEvent extends Error {
  override readonly name = 'CorruptEvent';
}

const definitionOf = (type: string): EventDefinition | undefined =>
  Object.hasOwn(eventCatalogue, type) ? eventCatalogue[type as DomainEvent['type']] : undefined;

export const isDomainEventType = (type: string): type is DomainEvent['type'] => definitionOf(type) !== undefined;

const place = (event: RecordedEvent) =>
  `${event.type} at partition ${event.partition} position ${event.position} (stream ${event.streamId}, version ${event.version})`;

/** Today's form of a stored event: upcast, then checked.
 *  @returns null for a type this build does not know: kept in the log, skipped by readers
 *  @throws CorruptEvent naming the event and the field */
export function parseEvent(event: RecordedEvent): RecordedEvent<DomainEvent> | null {
  const definition = definitionOf(event.type);
  if (definition === undefined) return null;
  if (event.schemaVersion > definition.version)
    throw new CorruptEvent(
      `${place(event)} has schema version ${event.schemaVersion}, newer than ${definition.version} of this build: deploy a newer build`,
    );
  let data: JsonObject = event.data;
  for (let version = event.schemaVersion; version < definition.version; version += 1) {
    const upcast = definition.upcasters?.[version];
    if (upcast === undefined) throw new CorruptEvent(`${place(event)}: no upcaster from schema version ${version}`);
    data = upcast(data);
  }
  const parsed = definition.schema.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`);
    throw new CorruptEvent(`${place(event)}: ${problems.join('; ')}`);
  }
  return { ...event, data: parsed.data } as RecordedEvent<DomainEvent>;
}

/** As {@link parseEvent}, for events of the given contexts. */
export function parseEventAs<E extends DomainEvent>(event: RecordedEvent): RecordedEvent<E> {
  const parsed = parseEvent(event);
  if (parsed === null) throw new CorruptEvent(`${place(event)}: unknown type in a stream that has only known ones`);
  return parsed as RecordedEvent<DomainEvent> as RecordedEvent<E>;
}
