import type { Told } from './analytics-events.ts';

/** What the queries of analytics must answer, worked out the plain way from all that was told. */

/** What was told of one player, batch by batch. */
export type PlayerHistory = { readonly who: number; readonly batches: readonly (readonly Told[])[] };

const dayMinutes = 1_440;
export const dayIn = (minutes: number): number => Math.floor(minutes / dayMinutes);

/** The events of a player that count, in the order in which they happened. */
export function countedEvents({ batches }: PlayerHistory): Told[] {
  const first = new Map<number, Told>();
  for (const batch of batches) for (const told of batch) if (!first.has(told.id)) first.set(told.id, told);
  // as they were told, then by time: sorting keeps what happened at the same moment as it was
  return [...first.values()].sort((one, other) => one.at - other.at);
}

const daysPlayed = (history: PlayerHistory) => new Set(countedEvents(history).map(({ at }) => dayIn(at)));

export function activityOn(day: number, histories: readonly PlayerHistory[], gapMinutes: number) {
  const activeWithin = (days: number) =>
    histories.filter((history) => [...daysPlayed(history)].some((played) => played > day - days && played <= day))
      .length;
  let sessions = 0;
  let playMinutes = 0;
  for (const history of histories) {
    const times = countedEvents(history).map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      if (dayIn(at) !== day) continue;
      const pause = index === 0 ? Number.POSITIVE_INFINITY : at - times[index - 1]!;
      if (pause > gapMinutes) sessions += 1;
      else playMinutes += pause;
    }
  }
  return {
    dau: activeWithin(1),
    wau: activeWithin(7),
    mau: activeWithin(30),
    newPlayers: histories.filter((history) => Math.min(...daysPlayed(history)) === day).length,
    sessions,
    playSeconds: playMinutes * 60,
  };
}

/** @returns how many players had their first day on `day`, and how many of them played so many days later */
export function cohortOf(day: number, histories: readonly PlayerHistory[], after: readonly number[]) {
  const cohort = histories.map(daysPlayed).filter((played) => Math.min(...played) === day);
  return {
    players: cohort.length,
    returned: after.map((days) => cohort.filter((played) => played.has(day + days)).length),
  };
}

/** How many steps of a funnel a player did: from each first step on, the next step is the next event of its name. */
export function stepsDone(
  history: PlayerHistory,
  steps: readonly string[],
  range: readonly [number, number],
  within: number,
) {
  const events = countedEvents(history);
  let furthest = 0;
  for (const [start, { name, at }] of events.entries()) {
    if (name !== steps[0] || dayIn(at) < range[0] || dayIn(at) > range[1]) continue;
    let done = 1;
    for (const next of events.slice(start + 1))
      if (done < steps.length && next.name === steps[done] && next.at - at <= within) done += 1;
    furthest = Math.max(furthest, done);
  }
  return furthest;
}
