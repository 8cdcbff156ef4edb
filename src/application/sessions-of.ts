import type { PlayerId, TenantId } from '../events/ids.ts';
import { listSessions, type SessionRow } from '../projections/sessions.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';

const waitMs = 1_000;
const pageSize = 100;

/** Finds the sessions of a player that have not ended, of everything that was committed until now. */
export const sessionsOf =
  ({ runtime, sql, generations, waitForRows }: AutomationDependencies) =>
  async (tenant: TenantId, playerId: PlayerId): Promise<readonly SessionRow[]> => {
    if (!(await waitForRows('sessions', await runtime.log.positions(), waitMs)))
      throw new Error('the read model sessions is behind the log');
    const found: SessionRow[] = [];
    for (let after: SessionRow | null = null; ; ) {
      const page: readonly SessionRow[] = await listSessions(
        sql,
        generations,
        { tenant, playerId },
        { now: 0, after, limit: pageSize },
      );
      found.push(...page);
      if (page.length < pageSize) return found;
      after = page.at(-1)!;
    }
  };
