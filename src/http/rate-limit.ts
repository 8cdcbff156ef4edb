/** One class of requests: at most `max` of one client in each window. */
export type RateLimitClass = 'anonymous' | 'signedIn' | 'device';

/** @property resetS seconds until the window ends, at least 1 */
export type RateLimitState = {
  readonly limit: number;
  readonly remaining: number;
  readonly resetS: number;
  readonly exceeded: boolean;
};

export type RateLimiter = (limit: RateLimitClass, client: string) => RateLimitState;

const windowMs = 60_000;
const maxClients = 500_000;

/** Counts requests in fixed windows of a minute, in this process. All clients of a class share the window, so that a new
 *  one costs nothing but emptying a map.
 *  @param now milliseconds since 1970
 *  @see docs/decisions/0005-rate-limits.md */
export function createRateLimiter(max: Readonly<Record<RateLimitClass, number>>, now: () => number): RateLimiter {
  const counters = { anonymous: new Map(), signedIn: new Map(), device: new Map() } satisfies Record<
    RateLimitClass,
    Map<string, number>
  >;
  let endsAt = 0;
  return (limit, client) => {
    const at = now();
    if (at >= endsAt) {
      for (const counts of Object.values(counters)) counts.clear();
      endsAt = at - (at % windowMs) + windowMs;
    }
    const counts: Map<string, number> = counters[limit];
    const count = (counts.get(client) ?? 0) + 1;
    if (count === 1 && counts.size >= maxClients) counts.delete(counts.keys().next().value!);
    counts.set(client, count);
    return {
      limit: max[limit],
      remaining: Math.max(0, max[limit] - count),
      resetS: Math.max(1, Math.ceil((endsAt - at) / 1000)),
      exceeded: count > max[limit],
    };
  };
}
