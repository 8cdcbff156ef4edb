import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from '../ports/database.ts';
import type { Fold } from '../ports/projection.ts';
import { arrayLiteral } from './array-literal.ts';
import { insertRows, keyText, type PlainRow } from './insert-rows.ts';
import { physicalName, type TableDefinition } from './table.ts';

/** What an event adds to one row. @property row the key, `partition` among it; @property amounts how much to each column of sums */
export type Addition = { readonly row: PlainRow; readonly amounts: Readonly<Record<string, bigint>> };

type Summed = { readonly row: PlainRow; readonly additions: { position: bigint; amounts: Addition['amounts'] }[] };

/** Folds events into rows of sums, one for each partition of the log, so that processes never wait for each other's. `last_position` is that of
 *  the last event in a row: a partition is folded in order, so an event that is folded again adds nothing.
 *  @param table  has no versions; its columns are the key, the sums, and `last_position` */
export function summingFold(
  table: TableDefinition,
  generation: number,
  additionsOf: (event: RecordedEvent) => readonly Addition[],
): Fold {
  const summed = new Map<string, Summed>();
  const sums = Object.keys(table.columns).filter((column) => !table.key.includes(column) && column !== 'last_position');
  const set = sums.map((column) => `${column} = t.${column} + excluded.${column}`);
  const onMeeting = `UPDATE SET ${[...set, 'last_position = excluded.last_position'].join(', ')}`;
  return {
    add(event) {
      for (const { row, amounts } of additionsOf(event)) {
        const key = keyText(table, row);
        const known: Summed = summed.get(key) ?? { row, additions: [] };
        known.additions.push({ position: event.position, amounts });
        summed.set(key, known);
      }
    },
    get rows() {
      return summed.size;
    },
    async write(sql: Sql) {
      if (summed.size === 0) return;
      const fed = await lastPositions(sql, table, generation, [...summed.values()]);
      const rows = new Map<string, PlainRow>();
      for (const [key, { row, additions }] of summed) {
        const fresh = additions.filter(({ position }) => position > (fed.get(key) ?? 0n));
        if (fresh.length === 0) continue;
        const totals = sums.map((column) => [column, fresh.reduce((sum, { amounts }) => sum + amounts[column]!, 0n)]);
        rows.set(key, { ...row, ...Object.fromEntries(totals), last_position: fresh.at(-1)!.position });
      }
      await insertRows(sql, table, generation, rows, onMeeting);
    },
  };
}

/** Positions up to which rows that are there have been fed, by their keys. */
async function lastPositions(sql: Sql, table: TableDefinition, generation: number, summed: readonly Summed[]) {
  const columns = table.key.map((column) => [column, table.columns[column]] as const);
  const arrays = columns.map(([column]) => arrayLiteral(summed.map(({ row }) => row[column]!)));
  const { rows } = await sql.query(
    `SELECT ${columns.map(([column]) => `t.${column}::text`).join(" || ' ' || ")} AS key, t.last_position::text AS last_position
     FROM unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')}) AS r (${table.key.join(', ')})
     JOIN ${physicalName(table, generation)} AS t USING (${table.key.join(', ')})`,
    arrays,
  );
  return new Map((rows as { key: string; last_position: string }[]).map((row) => [row.key, BigInt(row.last_position)]));
}
