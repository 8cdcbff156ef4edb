import { dayOf, microsOf, type Stored } from '../log.ts';
import { rowsBy, type Tables } from './rows.ts';

/** What players did, as it was told first. */
export function foldTold(log: readonly Stored[]) {
  const seen = new Set<string>();
  return log.flatMap((event) =>
    event.type !== 'AnalyticsCollected'
      ? []
      : (event.data.events as { id: string; name: string; at: string }[]).flatMap((told, ordinal) => {
          const key = `${event.data.playerId} ${told.id}`;
          if (seen.has(key)) return [];
          seen.add(key);
          return [{ event, told: told as Stored['data'], ordinal, at: microsOf(told.at) }];
        }),
  );
}

/** When each player was there: what they did, and that they signed in. */
const presences = (log: readonly Stored[]) => [
  ...foldTold(log).map(({ event, at }) => ({ tenant: event.tenant, player: event.data.playerId, at })),
  ...log
    .filter(({ type }) => type === 'PlayerAuthenticated' || type === 'SessionRefreshed')
    .map(({ tenant, data, at }) => ({ tenant, player: data.playerId, at })),
];

const slotMicros = 600_000_000n;
type Slot = { tenant: string; player_id: string; day: number; slot: bigint; first_at: bigint; last_at: bigint };

/** The days of each player, the first one first. */
function daysPlayed(log: readonly Stored[]) {
  const all = new Map<string, { tenant: string; days: number[] }>();
  for (const { tenant, player, at } of presences(log)) {
    const known = all.get(player) ?? { tenant, days: [] };
    all.set(player, known);
    if (!known.days.includes(dayOf(at))) known.days.push(dayOf(at));
  }
  for (const { days } of all.values()) days.sort((one, other) => one - other);
  return all;
}

export const analytics: Tables = {
  analytics_events: (log) =>
    foldTold(log).map(({ event: { tenant, version, data }, told, ordinal, at }) => ({
      tenant,
      player_id: data.playerId,
      event_id: told.id,
      name: told.name,
      at,
      device_at: microsOf(told.deviceAt),
      received_at: microsOf(data.receivedAt),
      batch: version,
      ordinal,
      measures: told.measures,
      properties: told.properties,
      experiment: told.experiment,
      cohort: told.cohort,
    })),

  analytics_event_counts(log) {
    const rows = rowsBy('day', 'name', 'partition');
    for (const { event, told, at } of foldTold(log))
      rows.add({ tenant: event.tenant, day: dayOf(at), name: told.name, partition: event.partition }, { events: 1 });
    return rows.all();
  },

  player_days: (log) =>
    [...daysPlayed(log)].flatMap(([player_id, { tenant, days }]) => days.map((day) => ({ tenant, day, player_id }))),

  player_day_gaps(log) {
    const rows = rowsBy('day', 'gap');
    for (const { tenant, days } of daysPlayed(log).values())
      for (const [index, day] of days.entries()) {
        const gap = index === 0 ? 30 : Math.min(30, day - days[index - 1]!);
        rows.add({ tenant, day, gap }, { players: 1 });
      }
    return rows.all();
  },

  player_pauses(log) {
    const rows = rowsBy('day', 'minutes');
    const before = new Map<unknown, bigint>();
    const slots = analytics['player_activity']!(log) as unknown as Slot[];
    for (const { tenant, player_id, day, first_at, last_at } of slots.sort((a, b) => Number(a.slot - b.slot))) {
      const pause = before.has(player_id) ? first_at - before.get(player_id)! : null;
      before.set(player_id, last_at);
      const isLong = pause === null || pause > 1_440n * 60_000_000n;
      const minutes = isLong ? 1_441 : Math.ceil(Number(pause) / 60e6);
      const played = Number(last_at - first_at);
      rows.add({ tenant, day, minutes }, { slots: 1, paused: isLong ? 0 : Number(pause), played });
    }
    return rows.all();
  },

  player_first_days: (log) =>
    [...daysPlayed(log)].map(([player_id, { tenant, days }]) => ({
      ...{ tenant, player_id },
      ...{ first_day: days[0]!, last_day: days.at(-1)! },
    })),

  player_returns(log) {
    const rows = rowsBy('first_day', 'after_days');
    for (const { tenant, days } of daysPlayed(log).values())
      for (const day of days)
        if (day - days[0]! <= 90) rows.add({ tenant, first_day: days[0]!, after_days: day - days[0]! }, { players: 1 });
    return rows.all();
  },

  player_activity(log) {
    const slots = new Map<string, ReturnType<typeof foldTold>>();
    for (const one of foldTold(log)) {
      const key = `${one.event.data.playerId} ${one.at / slotMicros}`;
      slots.set(key, [...(slots.get(key) ?? []), one]);
    }
    return [...slots.values()].map((all) => {
      const times = all.map(({ at }) => at).sort((one, other) => Number(one - other));
      const [first] = [times[0]!];
      return {
        tenant: all[0]!.event.tenant,
        player_id: all[0]!.event.data.playerId,
        slot: first / slotMicros,
        day: dayOf(first),
        first_at: first,
        last_at: times.at(-1),
        events: all.length,
      };
    });
  },
};
