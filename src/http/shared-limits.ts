import type { SharedCounts } from '../ports/shared-counts.ts';

/** What other processes counted of the same clients.
 *  @property note adds one request of this process. @returns what the others had counted when they were last asked */
export type SharedLimits = {
  note(limit: string, client: string, window: { readonly endsAt: number; readonly leftMs: number }): number;
};

type Count = {
  readonly key: string;
  readonly endsAt: number;
  readonly leftMs: number;
  pending: number;
  sent: number;
  others: number;
};

const gatherMs = 5;
const pauseMs = 1_000;
const maxClients = 500_000;
const maxPerCall = 5_000;
const sweepMs = 60_000;

/** Tells other processes what this one counts, and learns what they do: at once and together for all requests of some milliseconds,
 *  beside the requests, which wait for none of it. While nobody can be reached, each process counts alone.
 *  @param hash stands for a client in shared keys
 *  @see docs/decisions/0005-rate-limits.md */
export function createSharedLimits(shared: SharedCounts, hash: (client: string) => string): SharedLimits {
  const counts = new Map<string, Count>();
  const fresh: Count[] = [];
  let isAsking = false;
  let sweptAt = 0;

  const ask = async () => {
    const some = fresh.splice(0, maxPerCall);
    const asked = some.map((count) => ({ key: count.key, by: count.pending, ttlMs: count.leftMs }));
    for (const count of some) count.pending = 0;
    try {
      const totals = await shared.add(asked);
      for (const [index, count] of some.entries()) {
        count.sent += asked[index]!.by;
        count.others = Math.max(0, (totals[index] ?? 0) - count.sent);
      }
      again(gatherMs);
    } catch {
      again(pauseMs); // who answers for Redis tells of it
    }
  };
  const again = (afterMs: number) => {
    isAsking = fresh.length > 0;
    if (isAsking) setTimeout(ask, afterMs).unref();
  };
  const sweep = (now: number) => {
    sweptAt = now;
    for (const [name, count] of counts) if (count.endsAt <= now) counts.delete(name);
  };

  return {
    note(limit, client, { endsAt, leftMs }) {
      const now = endsAt - leftMs;
      if (now >= sweptAt + sweepMs) sweep(now);
      const name = `${limit} ${endsAt} ${client}`;
      let count = counts.get(name);
      if (count === undefined) {
        if (counts.size >= maxClients) counts.delete(counts.keys().next().value!);
        count = { key: `${limit}:${endsAt}:${hash(client)}`, endsAt, leftMs, pending: 0, sent: 0, others: 0 };
        counts.set(name, count);
      }
      if (count.pending === 0) fresh.push(count);
      count.pending += 1;
      if (!isAsking) again(gatherMs);
      return count.others;
    },
  };
}
