import type { SharedLimits } from './shared-limits.ts';

/** One class of requests: at most so many of one client in each window.
 *  `device` and `deviceHour` count sign-ins by device, `newPlayer` those that would make an account, by network address.
 *  `webhook` counts those whose signature was good, by the source that signed. */
export type RateLimitClass =
  | 'anonymous'
  | 'signedIn'
  | 'device'
  | 'deviceHour'
  | 'newPlayer'
  | 'matchCommand'
  | 'webhook';

/** @property resetS seconds until the window ends, at least 1 */
export type RateLimitState = {
  readonly limit: number;
  readonly remaining: number;
  readonly resetS: number;
  readonly exceeded: boolean;
};

export type RateLimiter = (limit: RateLimitClass, client: string) => RateLimitState;

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;

/** Length of each class's window, in ms. */
export const windowsMs: Readonly<Record<RateLimitClass, number>> = {
  anonymous: minute,
  signedIn: minute,
  device: minute,
  deviceHour: hour,
  newPlayer: hour,
  matchCommand: second,
  webhook: second,
};
const maxClients = 500_000;

type Window = { readonly counts: Map<string, number>; endsAt: number };

/** Counts requests in fixed windows, in this process. All clients of a class share the window, so that a new one costs
 *  nothing but emptying a map.
 *  @param max most requests of one client in a window; looked at for each request
 *  @param now milliseconds since 1970
 *  @param shared what other processes count as well; null = this one counts alone
 *  @see docs/decisions/0005-rate-limits.md */
export function createRateLimiter(
  max: () => Readonly<Record<RateLimitClass, number>>,
  now: () => number,
  shared: SharedLimits | null = null,
): RateLimiter {
  const window = (): Window => ({ counts: new Map(), endsAt: 0 });
  const windows: Readonly<Record<RateLimitClass, Window>> = {
    anonymous: window(),
    signedIn: window(),
    device: window(),
    deviceHour: window(),
    newPlayer: window(),
    matchCommand: window(),
    webhook: window(),
  };
  return (limit, client) => {
    const at = now();
    const current = windows[limit];
    const { counts } = current;
    if (at >= current.endsAt) {
      counts.clear();
      const lengthMs = windowsMs[limit];
      current.endsAt = at - (at % lengthMs) + lengthMs;
    }
    const own = (counts.get(client) ?? 0) + 1;
    if (own === 1 && counts.size >= maxClients) counts.delete(counts.keys().next().value!);
    counts.set(client, own);
    const { endsAt } = current;
    const most = max()[limit];
    const count = shared === null ? own : own + shared.note(limit, client, { endsAt, leftMs: endsAt - at });
    return {
      limit: most,
      remaining: Math.max(0, most - count),
      resetS: Math.max(1, Math.ceil((current.endsAt - at) / 1000)),
      exceeded: count > most,
    };
  };
}
