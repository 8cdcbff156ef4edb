import { parseEventAs } from '../events/catalogue.ts';
import type { SessionId, TenantId } from '../events/ids.ts';
import type { SessionEvent } from '../events/session.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, LogView } from '../ports/projection.ts';
import { type RevokedSession, revokedSessionsPage, sessionRevocations } from './session-revocations.ts';

/** Sessions that were revoked while their tokens are still valid, in memory, following the log. */
export type RevokedSessions = LogView & {
  has(tenant: TenantId, session: SessionId): boolean;
  readonly size: number;
};

const pageSize = 5_000;
const sweepEvery = 1_000;

/** @param checkpoints positions that the `session_revocations` rows hold, read anew
 *  @param now          milliseconds since 1970 */
export function createRevokedSessions(
  sql: Sql,
  generations: Generations,
  checkpoints: () => Promise<ReadonlyMap<number, bigint>>,
  now: () => number = Date.now,
): RevokedSessions {
  const expiries = new Map<string, number>();
  let untilSweep = sweepEvery;
  const keyOf = (tenant: string, session: string) => `${tenant}/${session}`;
  const add = ({ tenant, sessionId, tokensExpireAtMs }: RevokedSession) => {
    expiries.set(keyOf(tenant, sessionId), tokensExpireAtMs);
    untilSweep -= 1;
    if (untilSweep > 0) return;
    untilSweep = sweepEvery;
    for (const [key, expiry] of expiries) if (expiry <= now()) expiries.delete(key);
  };
  return {
    name: 'revoked_sessions',
    types: sessionRevocations.types,
    async load() {
      const from = await checkpoints();
      for (let after: RevokedSession | null = null; ; ) {
        const page = await revokedSessionsPage(sql, generations, after, pageSize);
        for (const session of page) add(session);
        if (page.length < pageSize) return from;
        after = page.at(-1)!;
      }
    },
    apply(event) {
      const parsed = parseEventAs<SessionEvent>(event);
      if (parsed.type !== 'SessionRevoked') return;
      const { sessionId, tokensExpireAt } = parsed.data;
      add({ tenant: parsed.tenant, sessionId, tokensExpireAtMs: Date.parse(tokensExpireAt) });
    },
    has: (tenant, session) => expiries.has(keyOf(tenant, session)),
    get size() {
      return expiries.size;
    },
  };
}
