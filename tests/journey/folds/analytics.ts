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
  ...foldTold(log).map(({ event, at }) => ({ tenant: event.tenant, player: event.data.playerId, at, events: 1 })),
  ...log
    .filter(({ type }) => type === 'PlayerAuthenticated' || type === 'SessionRefreshed')
    .map(({ tenant, data, at }) => ({ tenant, player: data.playerId, at, events: 0 })),
];

const slotMicros = 600_000_000n;

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

  player_days(log) {
    const rows = rowsBy('day', 'player_id');
    for (const { tenant, player, at, events } of presences(log))
      rows.add({ tenant, day: dayOf(at), player_id: player }, { events });
    return rows.all();
  },

  player_first_days(log) {
    const first = new Map<string, { tenant: string; day: number }>();
    for (const { tenant, player, at } of presences(log))
      first.set(player, { tenant, day: Math.min(dayOf(at), first.get(player)?.day ?? dayOf(at)) });
    return [...first].map(([player_id, { tenant, day }]) => ({ tenant, player_id, first_day: day }));
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
