import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { WalletEvent } from '../events/wallet.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold, Projection } from '../ports/projection.ts';
import { arrayLiteral } from './array-literal.ts';
import { dayOf } from './days.ts';
import { insertRows, keyText, type PlainRow } from './insert-rows.ts';
import { physicalName, physicalTable } from './table.ts';

/** One row per day, asset, cause and partition of the log: how much came to players (`sources`) and how much left them (`sinks`), in how many
 *  movements. `last_position` is that of the last event in it: a partition is folded in order, so an event that is folded again changes nothing. */
export const economyTable = {
  name: 'economy_days',
  versioned: false,
  key: ['tenant', 'day', 'kind', 'asset', 'cause', 'partition'],
  columns: {
    tenant: 'text',
    day: 'int',
    kind: 'text',
    asset: 'text',
    cause: 'text',
    partition: 'int',
    sources: 'bigint',
    sinks: 'bigint',
    movements: 'bigint',
    last_position: 'bigint',
  },
} as const;

type Movement = { readonly position: bigint; readonly source: bigint; readonly sink: bigint };
type Moved = { readonly row: PlainRow; readonly movements: Movement[] };

const onMeeting = `UPDATE SET sources = t.sources + excluded.sources, sinks = t.sinks + excluded.sinks,
  movements = t.movements + excluded.movements, last_position = excluded.last_position`;

/** Positions up to which rows that are there have been fed, by their keys. */
async function lastPositions(sql: Sql, generation: number, moved: ReadonlyMap<string, Moved>) {
  const columns = economyTable.key.map((column) => [column, economyTable.columns[column]] as const);
  const arrays = columns.map(([column]) => arrayLiteral([...moved.values()].map(({ row }) => row[column]!)));
  const { rows } = await sql.query(
    `SELECT ${columns.map(([column]) => `t.${column}::text`).join(" || ' ' || ")} AS key, t.last_position::text AS last_position
     FROM unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')}) AS r (${economyTable.key.join(', ')})
     JOIN ${physicalName(economyTable, generation)} AS t USING (${economyTable.key.join(', ')})`,
    arrays,
  );
  return new Map((rows as { key: string; last_position: string }[]).map((row) => [row.key, BigInt(row.last_position)]));
}

function economyFold(generation: number): Fold {
  const moved = new Map<string, Moved>();
  return {
    add(event: RecordedEvent) {
      const { tenant, partition, position, recordedAt, data } = parseEventAs<WalletEvent>(event);
      const day = dayOf(recordedAt);
      for (const { kind, asset, amount, from, to } of data.postings) {
        const row = { tenant, day, kind, asset, cause: data.cause.kind, partition };
        const key = keyText(economyTable, row);
        const known: Moved = moved.get(key) ?? { row, movements: [] };
        const [source, sink] = [to.account === 'player', from.account === 'player'];
        known.movements.push({
          position,
          source: source ? BigInt(amount) : 0n,
          sink: sink ? BigInt(amount) : 0n,
        });
        moved.set(key, known);
      }
    },
    get rows() {
      return moved.size;
    },
    async write(sql: Sql) {
      if (moved.size === 0) return;
      const fed = await lastPositions(sql, generation, moved);
      const rows = new Map<string, PlainRow>();
      for (const [key, { row, movements }] of moved) {
        const fresh = movements.filter(({ position }) => position > (fed.get(key) ?? 0n));
        if (fresh.length === 0) continue;
        rows.set(key, {
          ...row,
          sources: fresh.reduce((sum, { source }) => sum + source, 0n),
          sinks: fresh.reduce((sum, { sink }) => sum + sink, 0n),
          movements: BigInt(fresh.length),
          last_position: fresh.at(-1)!.position,
        });
      }
      await insertRows(sql, economyTable, generation, rows, onMeeting);
    },
  };
}

/** Where what players have comes from, and where it goes. */
export const economy: Projection = {
  name: 'economy',
  about: 'What came to players and what left them, by day, asset and cause.',
  version: 1,
  types: ['LedgerEntryPosted'] satisfies WalletEvent['type'][],
  tables: (generation) => [physicalTable(economyTable, generation)],
  fold: economyFold,
};
