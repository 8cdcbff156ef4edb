import { z } from 'zod';
import type { BattleMatchEvent } from '../events/battle-match.ts';
import type { MatchId, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per match; times milliseconds since 1970, `result` JSON. */
const matchesTable = {
  name: 'matches',
  key: ['tenant', 'match_id'],
  columns: {
    tenant: 'text',
    match_id: 'uuid',
    mode: 'text',
    status: 'text',
    ends_by: 'bigint',
    tick: 'bigint',
    ended_as: 'text',
    result: 'text',
  },
  indexes: [{ name: 'running', columns: ['ends_by', 'tenant', 'match_id'], where: "status = 'running'" }],
} as const;

/** One row per player of a match; `started_at` µs since 1970: the newest first. */
const matchPlayers = {
  name: 'match_players',
  key: ['tenant', 'player_id', 'match_id'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    match_id: 'uuid',
    mode: 'text',
    team: 'int',
    started_at: 'bigint',
    status: 'text',
    outcome: 'text',
    score: 'bigint',
  },
  indexes: [{ name: 'newest', columns: ['tenant', 'player_id', 'started_at', 'match_id'] }],
} as const;

/** Matches, and who played them. */
export const matches = defineProjection<BattleMatchEvent>({
  name: 'matches',
  about: 'Matches, and who played them with which result.',
  version: 1,
  tables: [matchesTable, matchPlayers],
  on: {
    MatchStarted: ({ tenant, version, recordedAt, data: { matchId, mode, teams, endsBy } }) => [
      change(matchesTable, version, {
        tenant,
        match_id: matchId,
        mode,
        status: 'running',
        ends_by: Date.parse(endsBy),
        tick: 0,
      }),
      ...teams.flatMap(({ team, players }) =>
        players.map((playerId) =>
          change(matchPlayers, version, {
            tenant,
            player_id: playerId,
            match_id: matchId,
            mode,
            team,
            started_at: recordedAt,
            status: 'running',
          }),
        ),
      ),
    ],
    MatchCommandAccepted: ({ tenant, version, data: { matchId, tick } }) => [
      change(matchesTable, version, { tenant, match_id: matchId, tick }),
    ],
    MatchCompleted: ({ tenant, version, data: { matchId, end, tick, result } }) => [
      change(matchesTable, version, {
        tenant,
        match_id: matchId,
        status: 'ended',
        tick,
        ended_as: end,
        result: JSON.stringify(result),
      }),
      ...result.flatMap(({ outcome, players }) =>
        players.map(({ playerId, score }) =>
          change(matchPlayers, version, {
            tenant,
            player_id: playerId,
            match_id: matchId,
            status: 'ended',
            outcome,
            score,
          }),
        ),
      ),
    ],
  },
});

const playedRow = z
  .object({
    match_id: z.string(),
    mode: z.string().nullable(),
    team: z.coerce.number().nullable(),
    started_at: z.coerce.bigint(),
    status: z.enum(['running', 'ended']),
    outcome: z.enum(['won', 'lost', 'drawn']).nullable(),
    score: z.coerce.number().nullable(),
  })
  .transform((row) => ({
    matchId: row.match_id as MatchId,
    mode: row.mode,
    team: row.team,
    startedAt: row.started_at,
    status: row.status,
    outcome: row.outcome,
    score: row.score,
  }));

/** A match as one of its players sees it. @property startedAt µs since 1970; @property outcome, score null while it runs */
export type PlayedMatch = z.infer<typeof playedRow>;

/** Matches of a player, the newest first.
 *  @param before last one of the page before, null for the first page */
export async function matchesOf(
  sql: Sql,
  generations: Generations,
  player: { readonly tenant: TenantId; readonly playerId: PlayerId },
  before: Pick<PlayedMatch, 'startedAt' | 'matchId'> | null,
  limit: number,
): Promise<readonly PlayedMatch[]> {
  const { rows } = await sql.query(
    `SELECT match_id::text AS match_id, mode, team, started_at, status, outcome, score
     FROM ${physicalName(matchPlayers, await generations.of('matches'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND started_at IS NOT NULL
       AND (started_at, match_id) < ($3::int8, $4::uuid)
     ORDER BY started_at DESC, match_id DESC LIMIT $5::int8`,
    [
      player.tenant,
      player.playerId,
      String(before?.startedAt ?? 9_223_372_036_854_775_807n),
      before?.matchId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      limit,
    ],
  );
  return rows.map((row) => playedRow.parse(row));
}

const overdueRow = z
  .object({ tenant: z.string(), id: z.string(), due_at: z.coerce.number() })
  .transform((row) => ({ tenant: row.tenant as TenantId, id: row.id, dueAt: row.due_at }));

/** A match that runs. @property id the match; @property dueAt when its time is over, milliseconds since 1970 */
export type OverdueMatch = z.infer<typeof overdueRow>;

/** Matches that run beyond their time, in the order of (dueAt, tenant, id).
 *  @param now   milliseconds since 1970
 *  @param after last one of the page before, null for the first page */
export async function overdueMatches(
  sql: Sql,
  generations: Generations,
  now: number,
  after: OverdueMatch | null,
  limit: number,
): Promise<readonly OverdueMatch[]> {
  const { rows } = await sql.query(
    `SELECT tenant, match_id::text AS id, ends_by AS due_at
     FROM ${physicalName(matchesTable, await generations.of('matches'))}
     WHERE status = 'running' AND ends_by <= $1::int8 AND (ends_by, tenant, match_id) > ($2::int8, $3::text, $4::uuid)
     ORDER BY ends_by, tenant, match_id LIMIT $5::int8`,
    [now, after?.dueAt ?? -1, after?.tenant ?? '', after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
  );
  return rows.map((row) => overdueRow.parse(row));
}
