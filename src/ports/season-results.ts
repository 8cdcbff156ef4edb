import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';

/** A place on the board of a season that is closed. @property reachedAt µs since 1970 */
export type FinalRank = {
  readonly rank: number;
  readonly playerId: PlayerId;
  readonly score: number;
  readonly subscore: number;
  readonly reachedAt: number;
};

/** Ranks of seasons that are closed. */
export interface FinalRanks {
  /** Entries from a rank on, after everything that was in the log before the call.
   *  @throws when this node is too far behind the log */
  page(tenant: TenantId, season: SeasonName, fromRank: number, limit: number): Promise<readonly FinalRank[]>;
}

/** Where the final ranks of archived seasons are kept. */
export interface SeasonHistory {
  /** The last rank that was written; 0 = none was. */
  lastRank(tenant: TenantId, season: SeasonName): Promise<number>;
  /** Writes ranks that are not there yet; safe to repeat. */
  add(tenant: TenantId, season: SeasonName, ranks: readonly FinalRank[]): Promise<void>;
  /** Says that all ranks are there; safe to repeat. */
  complete(tenant: TenantId, season: SeasonName, entries: number): Promise<void>;
}
