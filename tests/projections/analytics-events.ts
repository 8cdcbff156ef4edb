import type { NewEvent } from '../../src/event-store/port.ts';
import { analyticsStream } from '../../src/events/analytics.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { player, tenant } from '../processors/log-under-test.ts';

/** An event as it stands in a batch. @property at minutes since midnight of 1 March 2026, UTC */
export type Told = {
  readonly id: number;
  readonly at: number;
  readonly name?: string;
  readonly measures?: Readonly<Record<string, number>>;
  readonly experiment?: string;
  readonly cohort?: string;
};

export const minuteMs = 60_000;
const midnight = Date.parse('2026-03-01T00:00:00.000Z');
export const instantAt = (minutes: number): string => new Date(midnight + minutes * minuteMs).toISOString();
export const analyticsId = (number: number): string =>
  `${number.toString(16).padStart(8, '0')}-0000-4000-8000-0000000000aa`;

/** What clients told of a player in one batch. */
export const collected = (who: number, told: readonly Told[]): NewEvent => ({
  type: 'AnalyticsCollected',
  data: {
    playerId: player(who),
    sessionId: null,
    receivedAt: instantAt(1_000_000),
    sentAt: null,
    events: told.map(({ id, at, name = 'played', measures = {}, experiment = null, cohort = null }) => ({
      id: analyticsId(id),
      name,
      at: instantAt(at),
      deviceAt: instantAt(at - 7),
      measures,
      properties: 'pd1.sealed',
      experiment,
      cohort,
    })),
  },
});

/** A batch for tests of read models: some of its events were told before, with another time. */
export const analyticsEvent = (who: number, next: number): readonly [StreamId, NewEvent] => [
  analyticsStream(tenant, player(who)),
  collected(
    who,
    [next, next + 1, next % 3].map((id, index) => ({
      id: 100 * index + id,
      at: ((next * 7_919 + index * 31) % 20) * 360 + index,
      name: `name-${id % 2}`,
      measures: { level: next },
      ...(id % 2 === 0 && { experiment: 'tutorial', cohort: 'short' }),
    })),
  ),
];
