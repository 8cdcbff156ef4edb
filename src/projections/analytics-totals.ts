import { activityTable, countsTable, daysTable, firstDaysTable, slotMicros } from './analytics-tables.ts';
import { dayOf } from './days.ts';
import { keyText, type PlainRow } from './insert-rows.ts';
import type { TableDefinition } from './table.ts';

type Rows = Map<string, PlainRow>;

/** What follows from events that are new: rows by their keys, for each table. Sums, least and greatest, so that the order does not matter. */
export type Totals = { readonly counts: Rows; readonly firstDays: Rows; readonly slots: Rows; readonly days: Rows };

function merge(table: TableDefinition, rows: Rows, row: PlainRow, merged: (known: PlainRow) => PlainRow): void {
  const key = keyText(table, row);
  const known = rows.get(key);
  rows.set(key, known === undefined ? row : merged(known));
}
const plusOne = (known: PlainRow) => ({ ...known, events: (known['events'] as bigint) + 1n });
const least = (one: bigint, other: bigint) => (one < other ? one : other);
const greatest = (one: bigint, other: bigint) => (one > other ? one : other);

/** Counts in memory. @property wasThere a player is seen; @property count an event of theirs that is new */
export function createTotals() {
  const totals: Totals = { counts: new Map(), firstDays: new Map(), slots: new Map(), days: new Map() };
  const wasThere = (tenant: string, playerId: string, at: bigint) => {
    const day = dayOf(at);
    merge(daysTable, totals.days, { tenant, day, player_id: playerId }, (known) => known);
    const only = { tenant, player_id: playerId, first_day: day, last_day: day };
    merge(firstDaysTable, totals.firstDays, only, (known) => ({
      ...known,
      first_day: Math.min(known['first_day'] as number, day),
      last_day: Math.max(known['last_day'] as number, day),
    }));
  };
  return {
    totals,
    wasThere,
    count(event: { tenant: string; playerId: string; at: bigint; name: string; partition: number }) {
      const { tenant, playerId, at, name, partition } = event;
      wasThere(tenant, playerId, at);
      merge(countsTable, totals.counts, { tenant, day: dayOf(at), name, partition, events: 1n }, plusOne);
      merge(
        activityTable,
        totals.slots,
        { tenant, player_id: playerId, slot: at / slotMicros, day: dayOf(at), first_at: at, last_at: at, events: 1n },
        (known) => ({
          ...plusOne(known),
          first_at: least(known['first_at'] as bigint, at),
          last_at: greatest(known['last_at'] as bigint, at),
        }),
      );
    },
  };
}
