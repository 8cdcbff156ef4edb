import type { AnalyticsEvent } from '../events/analytics.ts';
import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { SessionEvent } from '../events/session.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold, Projection } from '../ports/projection.ts';
import { writeDays, writeSlots } from './analytics-gaps.ts';
import {
  activityTable,
  countsTable,
  daysTable,
  eventsTable,
  firstDaysTable,
  gapsTable,
  pausesTable,
  returnsTable,
} from './analytics-tables.ts';
import { createTotals } from './analytics-totals.ts';
import { insertRows, keyText, type PlainRow } from './insert-rows.ts';
import { physicalTable } from './table.ts';

const micros = (instant: string): bigint => BigInt(Date.parse(instant)) * 1_000n;

type SignIn = Extract<SessionEvent, { type: 'PlayerAuthenticated' | 'SessionRefreshed' }>;
type EventRow = PlainRow & { readonly tenant: string; readonly player_id: string; readonly name: string };
type Told = { readonly partition: number; readonly at: bigint; readonly row: EventRow };

function toldIn({ tenant, version, partition, data }: RecordedEvent<AnalyticsEvent>): Told[] {
  const { playerId, receivedAt, events } = data;
  return events.map(({ id, name, at, deviceAt, measures, properties, experiment, cohort }, ordinal) => ({
    partition,
    at: micros(at),
    row: {
      tenant,
      player_id: playerId,
      event_id: id,
      name,
      at: micros(at),
      device_at: micros(deviceAt),
      received_at: micros(receivedAt),
      batch: version,
      ordinal,
      measures: JSON.stringify(measures),
      properties,
      experiment,
      cohort,
    },
  }));
}

/** An event stands as it was told first; what was told of a player is one stream, so that is the same one whenever it is folded. What is
 *  counted follows from the rows that are new, in the transaction that makes them: so an event that is folded twice counts once. */
function analyticsFold(generation: number): Fold {
  const told = new Map<string, Told>();
  const signedIn: { readonly tenant: string; readonly playerId: string; readonly at: bigint }[] = [];
  return {
    add(event) {
      if (event.type === 'AnalyticsCollected') {
        for (const one of toldIn(parseEventAs<AnalyticsEvent>(event))) {
          const key = keyText(eventsTable, one.row);
          if (!told.has(key)) told.set(key, one);
        }
        return;
      }
      const { tenant, data, recordedAt } = parseEventAs<SignIn>(event);
      signedIn.push({ tenant, playerId: data.playerId, at: recordedAt });
    },
    get rows() {
      return told.size + signedIn.length;
    },
    async write(sql: Sql) {
      const rows = new Map([...told].map(([key, { row }]) => [key, row]));
      const fresh = await insertRows(sql, eventsTable, generation, rows, 'NOTHING');
      const { totals, wasThere, count } = createTotals();
      for (const { tenant, playerId, at } of signedIn) wasThere(tenant, playerId, at);
      for (const key of fresh) {
        const { row, at, partition } = told.get(key)!;
        count({ tenant: row.tenant, playerId: row.player_id, name: row.name, at, partition });
      }
      const { counts, firstDays, slots, days } = totals;
      await insertRows(sql, countsTable, generation, counts, 'UPDATE SET events = t.events + excluded.events');
      // takes the lock on each player's row, without which two processes might add days of one player that do not know of each other
      const wider =
        'UPDATE SET first_day = least(t.first_day, excluded.first_day), last_day = greatest(t.last_day, excluded.last_day)';
      await insertRows(sql, firstDaysTable, generation, firstDays, wider);
      // everybody's counts come last, so that nobody waits long for them
      await writeSlots(sql, generation, slots);
      await writeDays(sql, generation, days);
    },
  };
}

/** Rows of the tables here are small and written many at once. */
const rowsOfOrdinaryEvent = 5;

/** What clients told of players, and what follows from it: how often, on which days and in which ten minutes somebody played. */
export const analytics: Projection = {
  name: 'analytics',
  about:
    'What players did, as their clients told it; on which days they were there, and in which ten minutes they played.',
  version: 4,
  types: ['AnalyticsCollected', 'PlayerAuthenticated', 'SessionRefreshed'] satisfies (
    | AnalyticsEvent
    | SignIn
  )['type'][],
  weightOf: ({ data }) =>
    Array.isArray(data['events']) ? Math.max(1, data['events'].length / rowsOfOrdinaryEvent) : 1,
  tables: (generation) =>
    [eventsTable, countsTable, daysTable, firstDaysTable, activityTable, gapsTable, pausesTable, returnsTable].map(
      (table) => physicalTable(table, generation),
    ),
  fold: analyticsFold,
};
