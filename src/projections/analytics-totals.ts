import { activityTable, countsTable, daysTable, firstDaysTable, slotMicros } from './analytics-tables.ts';
import { dayOf } from './days.ts';
import { keyText, type PlainRow } from './insert-rows.ts';
import type { TableDefinition } from './table.ts';

type Change = { readonly table: TableDefinition; readonly onMeeting: string };
const added = 'events = t.events + excluded.events';

/** How what is counted meets what was counted before; sums, least and greatest, so that the order does not matter. */
const changes = {
  counts: { table: countsTable, onMeeting: `UPDATE SET ${added}` },
  days: { table: daysTable, onMeeting: `UPDATE SET ${added}` },
  firstDays: { table: firstDaysTable, onMeeting: 'UPDATE SET first_day = least(t.first_day, excluded.first_day)' },
  activity: {
    table: activityTable,
    onMeeting: `UPDATE SET ${added}, first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)`,
  },
} as const satisfies Record<string, Change>;

/** What follows from events that are new: rows by their keys, for each table. */
export type Totals = ReadonlyMap<Change, Map<string, PlainRow>>;

/** Counts in memory. @property wasThere a player is seen; @property count an event of theirs that is new */
export function createTotals() {
  const totals = new Map<Change, Map<string, PlainRow>>();
  const merge = (change: Change, row: PlainRow, merged: (known: PlainRow) => PlainRow) => {
    const rows = totals.get(change) ?? new Map<string, PlainRow>();
    totals.set(change, rows);
    const key = keyText(change.table, row);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : merged(known));
  };
  const plus = (events: bigint) => (known: PlainRow) => ({ ...known, events: (known['events'] as bigint) + events });
  const least = (one: bigint, other: bigint) => (one < other ? one : other);
  const greatest = (one: bigint, other: bigint) => (one > other ? one : other);

  const wasThere = (tenant: string, playerId: string, at: bigint, events = 0n) => {
    const day = dayOf(at);
    merge(changes.days, { tenant, day, player_id: playerId, events }, plus(events));
    merge(changes.firstDays, { tenant, player_id: playerId, first_day: day }, (known) => ({
      ...known,
      first_day: Math.min(known['first_day'] as number, day),
    }));
  };
  return {
    totals: totals as Totals,
    wasThere,
    count(event: { tenant: string; playerId: string; at: bigint; name: string; partition: number }) {
      const { tenant, playerId, at, name, partition } = event;
      wasThere(tenant, playerId, at, 1n);
      merge(changes.counts, { tenant, day: dayOf(at), name, partition, events: 1n }, plus(1n));
      const slot = at / slotMicros;
      merge(
        changes.activity,
        { tenant, player_id: playerId, slot, day: dayOf(at), first_at: at, last_at: at, events: 1n },
        (known) => ({
          ...plus(1n)(known),
          first_at: least(known['first_at'] as bigint, at),
          last_at: greatest(known['last_at'] as bigint, at),
        }),
      );
    },
  };
}
