import { microsOf, type Stored, shown } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

/** What leaderboards must show, worked out from the attempts alone: nothing that the code under test concluded
 *  (`standing`, `previous`, ranks) is looked at. */

type Attempt = { readonly event: Stored; readonly score: number; readonly subscore: number };
type Operator = 'best' | 'latest' | 'sum';

export type SeasonFold = { readonly operator: Operator; readonly status: 'open' | 'closed' };

export type EntryFold = {
  readonly rank: number;
  readonly player_id: string;
  readonly score: number;
  readonly subscore: number;
  readonly reached_at: string;
};

export function foldSeasons(log: readonly Stored[]): Map<string, SeasonFold> {
  const seasons = new Map<string, SeasonFold>();
  for (const { type, data } of log) {
    if (type === 'SeasonOpened') seasons.set(data.season, { operator: data.operator, status: 'open' });
    if (type === 'SeasonClosed') seasons.set(data.season, { ...seasons.get(data.season)!, status: 'closed' });
  }
  return seasons;
}

/** Attempts that were not taken back, by player, oldest first. */
export function foldAttempts(log: readonly Stored[], season: string): Map<string, Attempt[]> {
  const byPlayer = new Map<string, Attempt[]>();
  for (const event of log) {
    const { type, data } = event;
    if (data.season !== season) continue;
    const attempts = byPlayer.get(data.playerId) ?? [];
    if (type === 'LeaderboardUpdated' || type === 'ScoreAttempted')
      byPlayer.set(data.playerId, [...attempts, { event, ...data.attempt }]);
    if (type === 'ScoreWithdrawn')
      byPlayer.set(
        data.playerId,
        attempts.filter((attempt) => attempt.event.id !== data.withdrawnEventId),
      );
  }
  return byPlayer;
}

const isBetter = (one: Attempt, other: Attempt): boolean =>
  one.score !== other.score ? one.score > other.score : one.subscore > other.subscore;

/** Points after each attempt; they were reached where they last became what they are. */
function standingOf(operator: Operator, attempts: readonly Attempt[]): Attempt | undefined {
  const points = attempts.map((attempt, index): Attempt => {
    const before = attempts.slice(0, index + 1);
    if (operator === 'latest') return attempt;
    if (operator === 'best') return before.reduce((best, each) => (isBetter(each, best) ? each : best));
    const total = (of: 'score' | 'subscore') => before.reduce((sum, each) => sum + each[of], 0);
    return { event: attempt.event, score: total('score'), subscore: total('subscore') };
  });
  const last = points.at(-1);
  const isOther = ({ score, subscore }: Attempt) => score !== last?.score || subscore !== last.subscore;
  return points[points.findLastIndex(isOther) + 1];
}

/** Where each player of a season stands; undefined = everything was taken back. */
const standingsIn = (log: readonly Stored[], season: string, operator: Operator) =>
  [...foldAttempts(log, season)].map(([player, attempts]) => ({ player, standing: standingOf(operator, attempts) }));

const compare = <T extends number | bigint | string>(one: T, other: T): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** A whole board: the best first; equal ones by who came first. */
export function foldBoard(log: readonly Stored[], season: string, operator: Operator): EntryFold[] {
  return standingsIn(log, season, operator)
    .flatMap(({ player, standing }) => (standing === undefined ? [] : [{ player, ...standing }]))
    .sort(
      (one, other) =>
        compare(other.score, one.score) ||
        compare(other.subscore, one.subscore) ||
        compare(one.event.at, other.event.at) ||
        compare(one.event.partition, other.event.partition) ||
        compare(one.event.position, other.event.position) ||
        compare(one.player, other.player),
    )
    .map(({ player, score, subscore, event }, index) => ({
      rank: index + 1,
      player_id: player,
      score,
      subscore,
      reached_at: shown(event.at),
    }));
}

/** Boards and seasons. */
export const leaderboards: Tables = {
  leaderboard_entries: (log) =>
    [...foldSeasons(log)].flatMap(([season, { operator }]) =>
      standingsIn(log, season, operator).map(({ player, standing }) => ({
        tenant: log[0]?.tenant,
        season,
        player_id: player,
        score: standing?.score,
        subscore: standing?.subscore,
        reached_at: standing?.event.at,
        reached_partition: standing?.event.partition,
        reached_position: standing?.event.position,
        event_id: standing?.event.id,
      })),
    ),

  leaderboard_seasons(log) {
    const rows = rowsBy('season');
    const sameForm = (instant: string | null) => instant && new Date(instant).toISOString();
    for (const { tenant, type, data, metadata, partition, position, at } of log) {
      const row = { tenant, season: data.season };
      if (type === 'SeasonOpened')
        rows.set({
          ...row,
          operator: data.operator,
          opens_at: sameForm(data.opensAt),
          closes_at: sameForm(data.closesAt),
          submit_by: data.submitBy,
          status: 'open',
          opened_at: at,
          opened_partition: partition,
          opened_position: position,
        });
      if (type === 'SeasonClosed')
        rows.set({ ...row, status: 'closed', closed_at: microsOf(metadata['occurredAt'] ?? shown(at)) });
      if (type === 'SeasonArchived') rows.set({ ...row, archived_at: at });
      if (type === 'SeasonRewardsDefined') rows.set({ ...row, rewards: data.rewards });
    }
    return rows.all();
  },
};
