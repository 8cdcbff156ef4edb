import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { listSessions, type SessionRow } from '../projections/sessions.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';

const waitMs = 1_000;
const pageSize = 100;

/** Finds the sessions of a player that began before a time (µs since 1970) and have not ended. */
export const sessionsBefore =
  ({ runtime, sql, generations, waitForRows }: AutomationDependencies) =>
  async (tenant: TenantId, playerId: PlayerId, time: bigint): Promise<readonly SessionId[]> => {
    if (!(await waitForRows('sessions', await runtime.log.positions(), waitMs)))
      throw new Error('the read model sessions is behind the log');
    const found: SessionId[] = [];
    for (let after: SessionRow | null = null; ; ) {
      const page: readonly SessionRow[] = await listSessions(
        sql,
        generations,
        { tenant, playerId },
        { now: 0, after, limit: pageSize },
      );
      for (const row of page) if (row.startedAt < time) found.push(row.sessionId);
      if (page.length < pageSize) return found;
      after = page.at(-1)!;
    }
  };
