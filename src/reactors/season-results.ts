import type { CommandRuntime } from '../commands/handle.ts';
import { grantRewards } from '../commands/reward.ts';
import { changeSeason, readSeason } from '../commands/season.ts';
import type { SeasonName, TenantId } from '../events/ids.ts';
import { lastRewardedRank } from '../events/reward.ts';
import type { SeasonEvent } from '../events/season.ts';
import type { FinalRanks, SeasonHistory } from '../ports/season-results.ts';
import type { Agenda } from './agenda.ts';
import { defineReactor, type Reactor } from './reactor.ts';

type Closed = Extract<SeasonEvent, { type: 'SeasonClosed' }>;
type Awarded = Extract<SeasonEvent, { type: 'SeasonRewardsAwarded' }>;
type Archived = Extract<SeasonEvent, { type: 'SeasonArchived' }>;

/** Fixes who gets the rewards of a season that has closed. A score that was acknowledged before is in: none can come after. */
export const seasonAwards = (runtime: CommandRuntime, ranks: FinalRanks): Reactor =>
  defineReactor<Closed>({
    name: 'season-awards',
    from: 'beginning',
    types: ['SeasonClosed'],
    batchSize: 10,
    async react({ tenant, data: { season } }, reaction) {
      const state = await readSeason(runtime, tenant, season);
      if (state.phase !== 'closed' || state.awarded || state.rewards.length === 0) return;
      const best = await ranks.page(tenant, season, 1, lastRewardedRank(state.rewards));
      const winners = best.map(({ playerId }) => playerId);
      await reaction.once((context) => changeSeason(runtime, { type: 'AwardSeason', season, winners }, context));
    },
  });

/** Grants each player the reward of their rank. */
export const seasonRewards = (runtime: CommandRuntime): Reactor =>
  defineReactor<Awarded>({
    name: 'season-rewards',
    from: 'beginning',
    types: ['SeasonRewardsAwarded'],
    batchSize: 10,
    async react({ tenant, data }, reaction) {
      const state = await readSeason(runtime, tenant, data.season);
      const tiers = state.phase === 'absent' ? [] : state.rewards;
      await reaction.once((context) => grantRewards(runtime, { ...data, tiers }, context));
    },
  });

/** Writes down the final ranks of a season that was archived, page by page. Where it was broken off, it goes on: also when it was another
 *  process that did, because this one was too slow. */
export const seasonArchives = (ranks: FinalRanks, history: SeasonHistory, pageSize = 1_000): Reactor =>
  defineReactor<Archived>({
    name: 'season-archives',
    from: 'beginning',
    types: ['SeasonArchived'],
    batchSize: 1,
    async react({ tenant, data: { season } }, reaction) {
      for (let last = await history.lastRank(tenant, season); ; ) {
        const page = await ranks.page(tenant, season, last + 1, pageSize);
        if (page.length > 0) await history.add(tenant, season, page);
        last += page.length;
        if (page.length < pageSize) return history.complete(tenant, season, last);
        await reaction.keep();
      }
    },
  });

/** @property closedAt µs since 1970 */
export type EndedSeason = { readonly tenant: TenantId; readonly id: SeasonName; readonly closedAt: bigint };

const hour = 3_600_000;
const day = 24 * hour;
/** Time of the day at which seasons are archived, UTC. */
const archivalHour = 3;

/** The last time before `now` at which seasons were to be archived. @param now milliseconds since 1970 */
export const lastArchival = (now: number): number =>
  Math.floor((now - archivalHour * hour) / day) * day + archivalHour * hour;

/** Archives seasons in the night after they closed: until then scores can be withdrawn, from then on their ranks are final.
 *  @param ended seasons that closed before a moment (µs since 1970) and are not archived, the longest closed first */
export const seasonArchival = (
  runtime: CommandRuntime,
  ended: (before: bigint, after: EndedSeason | null, limit: number) => Promise<readonly EndedSeason[]>,
): Agenda => {
  const agenda: Agenda<EndedSeason & { readonly dueAt: number }> = {
    name: 'season-archival',
    everyMs: 1_000,
    async due(now, after, limit) {
      const before = BigInt(lastArchival(now)) * 1000n;
      const seasons = await ended(before, after, limit);
      return seasons.map((season) => ({
        ...season,
        dueAt: lastArchival(Number(season.closedAt / 1000n)) + day,
      }));
    },
    async perform({ id }, task) {
      const outcome = await task.once((context) =>
        changeSeason(runtime, { type: 'ArchiveSeason', season: id }, context),
      );
      if (!outcome.ok) throw new Error(`season ${id} cannot be archived: ${outcome.code}`);
    },
  };
  return agenda as Agenda;
};
