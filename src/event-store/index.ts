import { type EmmettEventStore, emmettStore } from './emmett.ts';
import { createMemoryLog } from './memory/store.ts';
import type { EventLog } from './port.ts';
import { openSqlLog, type SqlEventLog, type SqlStoreOptions } from './sql/store.ts';

export * from './errors.ts';
export type * from './port.ts';
export type { SqlStoreOptions };

/** The log and Emmett's `EventStore` in one object. */
export type EventStore = EventLog & EmmettEventStore;

/** Opens the event store of a migrated PostgreSQL or CockroachDB database. */
export async function openEventStore(options: SqlStoreOptions): Promise<SqlEventLog & EmmettEventStore> {
  const log = await openSqlLog(options);
  return { ...log, ...emmettStore(log) };
}

/** A store in this process's memory with the same promises, for tests and tools.
 *  @param options.partitions 16 when left out */
export function openMemoryStore(
  options: { readonly partitions?: number; readonly conditionCategories?: readonly string[] } = {},
): EventStore {
  const log = createMemoryLog(options);
  return { ...log, ...emmettStore(log) };
}
