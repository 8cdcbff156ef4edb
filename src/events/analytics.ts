import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField, sealedField, sessionIdField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** What an analytics event is called: `level_completed`. */
export const analyticsNamePattern = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;
/** What one of its numbers is called. */
export const measurePattern = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
/** An experiment, and one of its cohorts. */
export const experimentNamePattern = /^[A-Za-z0-9._-]{1,64}$/;
/** What the event is called that tells what came of a player of an experiment that took place elsewhere. */
export const importedOutcome = 'experiment_outcome';
/** The most events in one batch, and numbers in one event. */
export const maxEventsInBatch = 100;
export const maxMeasures = 16;

const experimentName = z.string().regex(experimentNamePattern);
const collectedEvent = z.object({
  /** Chosen by the client: an event counts once for its player, in the batch that was taken first. */
  id: z.uuid(),
  name: z.string().regex(analyticsNamePattern),
  /** When it happened, by our clock. */
  at: instantField,
  /** When it happened, by the clock of the device. */
  deviceAt: instantField,
  /** Numbers that are added up over players; never personal. */
  measures: z.record(z.string().regex(measurePattern), z.number()),
  /** Sealed JSON object: whatever else the client said. */
  properties: sealedField.nullable(),
  experiment: experimentName.nullable(),
  cohort: experimentName.nullable(),
});
/** Something that a player did, as their client told it. */
export type CollectedEvent = z.infer<typeof collectedEvent>;

/** Stream `analytics-<tenant>_<player>`: what clients told of a player, batch by batch. */
export const analyticsEvents = {
  AnalyticsCollected: define({
    version: 1,
    schema: z.object({
      playerId: playerIdField,
      /** The sign-in that it was sent with; null = sent by something else than the player's client. */
      sessionId: sessionIdField.nullable(),
      receivedAt: instantField,
      /** When the batch was sent, by the clock of the device; null = not said. */
      sentAt: instantField.nullable(),
      events: z.array(collectedEvent).min(1).max(maxEventsInBatch),
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type AnalyticsEvent = EventsOf<typeof analyticsEvents>;

export const analyticsStream = (tenant: TenantId, player: PlayerId) => streamId('analytics', tenant, player);
