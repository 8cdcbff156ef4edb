import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { activityTable } from './analytics-tables.ts';
import { physicalName } from './table.ts';

const bigint = z.coerce.bigint();
const slotRow = z.object({ slot: bigint, first_at: bigint, last_at: bigint, events: z.coerce.number() });

/** A time of playing without a longer pause. @property startedAt, endedAt of its first and last event, µs since 1970
 *  @property firstSlot where it begins among the slots: the place after which the next page begins */
export type PlaySession = {
  readonly startedAt: bigint;
  readonly endedAt: bigint;
  readonly events: number;
  readonly firstSlot: bigint;
};

const slotsPerStatement = 1_000;

/** A player's play sessions, the latest first. They are put together as they are read, so that the pause may be another one tomorrow, and a late
 *  event that lies between two sessions makes them one.
 *  @param gapMs a session ends where there is no event for longer than this; at least 10 minutes */
export async function playSessions(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: { readonly tenant: TenantId; readonly playerId: PlayerId },
  gapMs: number,
  page: { readonly before: bigint | null; readonly limit: number },
): Promise<readonly PlaySession[]> {
  const table = physicalName(activityTable, await generations.of('analytics'));
  const gap = BigInt(gapMs) * 1_000n;
  const sessions: PlaySession[] = [];
  let open: PlaySession | undefined;
  for (let before = page.before ?? 2n ** 62n; ; ) {
    const { rows } = await sql.query(
      `SELECT slot, first_at, last_at, events FROM ${table}
       WHERE tenant = $1::text AND player_id = $2::uuid AND slot < $3::bigint ORDER BY slot DESC LIMIT $4::bigint`,
      [tenant, playerId, before, slotsPerStatement],
    );
    for (const row of rows) {
      const { slot, first_at, last_at, events } = slotRow.parse(row);
      before = slot;
      if (open !== undefined && open.startedAt - last_at <= gap) {
        open = { ...open, startedAt: first_at, firstSlot: slot, events: open.events + events };
        continue;
      }
      if (open !== undefined) sessions.push(open);
      if (sessions.length === page.limit) return sessions;
      open = { startedAt: first_at, endedAt: last_at, firstSlot: slot, events };
    }
    if (rows.length < slotsPerStatement) break;
  }
  if (open !== undefined) sessions.push(open);
  return sessions;
}
