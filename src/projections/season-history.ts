import { z } from 'zod';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { FinalRank, SeasonHistory } from '../ports/season-results.ts';

const number = z.coerce.number();

/** The tables of final ranks. Unlike a read model they are filled once for each season, by a reactor, from ranks that cannot change any more. */
export const seasonHistory = (sql: Sql): SeasonHistory => ({
  async lastRank(tenant, season) {
    const { rows } = await sql.query(
      'SELECT coalesce(max(rank), 0) AS rank FROM season_history WHERE tenant = $1::text AND season = $2::text',
      [tenant, season],
    );
    return z.object({ rank: number }).parse(rows[0]).rank;
  },

  async add(tenant, season, ranks) {
    await sql.query(
      `INSERT INTO season_history (tenant, season, rank, player_id, score, subscore, reached_at)
       SELECT $1::text, $2::text, r.rank, r.player_id, r.score, r.subscore, r.reached_at
       FROM unnest($3::int8[], $4::uuid[], $5::int8[], $6::int8[], $7::int8[]) AS r (rank, player_id, score, subscore, reached_at)
       ON CONFLICT (tenant, season, rank) DO NOTHING`,
      [
        tenant,
        season,
        ranks.map(({ rank }) => rank),
        ranks.map(({ playerId }) => playerId),
        ranks.map(({ score }) => score),
        ranks.map(({ subscore }) => subscore),
        ranks.map(({ reachedAt }) => reachedAt),
      ],
    );
  },

  async complete(tenant, season, entries) {
    await sql.query(
      `INSERT INTO season_archives (tenant, season, entries) VALUES ($1::text, $2::text, $3::int8)
       ON CONFLICT (tenant, season) DO NOTHING`,
      [tenant, season, entries],
    );
  },
});

const historyRow = z
  .object({ rank: number, player_id: z.string(), score: number, subscore: number, reached_at: number })
  .transform(
    (row): FinalRank => ({
      rank: row.rank,
      playerId: row.player_id as PlayerId,
      score: row.score,
      subscore: row.subscore,
      reachedAt: row.reached_at,
    }),
  );

/** Final ranks of a season after a rank; null = it is not archived, or not all ranks are written yet. */
export async function finalRanksPage(
  sql: Sql,
  tenant: TenantId,
  season: SeasonName,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly FinalRank[] | null> {
  const archive = await sql.query('SELECT entries FROM season_archives WHERE tenant = $1::text AND season = $2::text', [
    tenant,
    season,
  ]);
  if (archive.rows[0] === undefined) return null;
  const { rows } = await sql.query(
    `SELECT rank, player_id::text AS player_id, score, subscore, reached_at FROM season_history
     WHERE tenant = $1::text AND season = $2::text AND rank > $3::int8 ORDER BY rank LIMIT $4::int8`,
    [tenant, season, page.after, page.limit],
  );
  return rows.map((row) => historyRow.parse(row));
}
