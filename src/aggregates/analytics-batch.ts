import type { AnalyticsEvent, CollectedEvent } from '../events/analytics.ts';
import type { PlayerId, SessionId } from '../events/ids.ts';
import { accept, type Decider } from './decider.ts';

/** An event as a client tells it. @property deviceAt ms since 1970 by the clock of the device; @property properties sealed */
export type ToldEvent = Omit<CollectedEvent, 'at' | 'deviceAt'> & { readonly deviceAt: number };

/** @property receivedAt ms since 1970
 *  @property sentAt   when the client sent the batch, ms since 1970 by its own clock; null = it did not say
 *  @property maxAgeMs an event that is said to be older is taken to have happened when it arrived
 *  @property events   1 to 100, each id once */
export type CollectAnalytics = {
  readonly type: 'CollectAnalytics';
  readonly playerId: PlayerId;
  readonly sessionId: SessionId | null;
  readonly receivedAt: number;
  readonly sentAt: number | null;
  readonly maxAgeMs: number;
  readonly events: readonly ToldEvent[];
};

const instant = (ms: number): string => new Date(ms).toISOString();

/** When something happened by our clock: what the device's clock was ahead when it sent is taken off. A time that cannot be, after the
 *  batch arrived or too long before, says nothing: then it is the time of arrival, at which the player was certainly there. */
export function correctedTime(
  deviceAt: number,
  { receivedAt, sentAt, maxAgeMs }: Pick<CollectAnalytics, 'receivedAt' | 'sentAt' | 'maxAgeMs'>,
): number {
  const ahead = sentAt === null ? 0 : sentAt - receivedAt;
  const at = deviceAt - ahead;
  return at > receivedAt || at < receivedAt - maxAgeMs ? receivedAt : at;
}

/** What clients tell of a player: one event for each batch, and no refusal. An event that was told before is recorded again; it counts
 *  once in the read models. */
export const analyticsBatch: Decider<null, CollectAnalytics, AnalyticsEvent, never> = {
  initial: null,
  evolve: () => null,
  decide(command) {
    const { playerId, sessionId, receivedAt, sentAt, events } = command;
    return accept({
      type: 'AnalyticsCollected',
      data: {
        playerId,
        sessionId,
        receivedAt: instant(receivedAt),
        sentAt: sentAt === null ? null : instant(sentAt),
        events: events.map(({ deviceAt, ...told }) => ({
          ...told,
          at: instant(correctedTime(deviceAt, command)),
          deviceAt: instant(deviceAt),
        })),
      },
    });
  },
};
