import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';

/** Exact ranks of a season, at this node's place in the log. */
export interface Ranking {
  /** Resolves when the season's entries are in memory. */
  ready(tenant: TenantId, season: SeasonName): Promise<void>;

  /** Ordinal rank, from 1, that the player would have if these points stood and were reached last.
   *  Only after {@link ready}. */
  rankWith(
    tenant: TenantId,
    season: SeasonName,
    playerId: PlayerId,
    points: { readonly score: number; readonly subscore: number },
  ): number;

  /** Ordinal rank of the standing entry; null = the player has none. Only after {@link ready}. */
  rankOf(tenant: TenantId, season: SeasonName, playerId: PlayerId): number | null;
}
