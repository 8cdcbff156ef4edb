import type { RecordedEvent } from '../events/envelope.ts';
import type { Database } from '../ports/database.ts';
import { faultOf } from './fault.ts';
import type { Lease, Leases } from './leases.ts';
import type { Passing } from './passing.ts';
import { clearPoison, recordPoison } from './poison.ts';
import type { Processor } from './processor.ts';

/** A partition that this process holds for a processor.
 *  @property seen   position up to which nothing is left to handle; ahead of the checkpoint by events of other types only
 *  @property poison the event that stops the partition, or null */
export type Held = Lease & { readonly seen: bigint; readonly poison: Stop | null };
export type Stop = { readonly position: bigint; readonly attempts: number; readonly retryAt: number };

/** Events of one partition after its checkpoint. @property through where its checkpoint goes */
export type PartitionBatch = {
  readonly partition: number;
  readonly events: readonly RecordedEvent[];
  readonly through: bigint;
};

export type BatchContext = {
  readonly database: Database;
  readonly processor: Processor;
  readonly leases: Leases;
  readonly passing: Passing;
  readonly held: Map<number, Held>;
  readonly retryAt: (attempts: number) => number;
};

/** Handles the partitions' events in one transaction and moves their checkpoints in it. When an event makes that fail, the partitions go one by
 *  one, then in halves, until only that event is left: it stops its partition and nothing else.
 *  @throws LeaseLost, CheckpointMoved, and what the environment is to blame for; then nothing of the failed transaction was written */
export async function takeBatch(context: BatchContext, batches: readonly PartitionBatch[]): Promise<void> {
  try {
    await commit(context, batches);
  } catch (error) {
    if (faultOf(error) === 'environment' || isOurs(error)) throw error;
    if (batches.length > 1) {
      for (const batch of batches) await takeBatch(context, [batch]);
      return;
    }
    const [batch] = batches as [PartitionBatch];
    if (batch.events.length === 1) return stopAt(context, batch.events[0]!, error);
    const half = Math.ceil(batch.events.length / 2);
    const before = batch.events.slice(0, half);
    await takeBatch(context, [{ ...batch, events: before, through: before.at(-1)!.position }]);
    if (context.held.get(batch.partition)?.poison === null)
      await takeBatch(context, [{ ...batch, events: batch.events.slice(half) }]);
  }
}

const isOurs = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'LeaseLost' || error.name === 'CheckpointMoved');

async function commit({ database, processor, leases, held }: BatchContext, batches: readonly PartitionBatch[]) {
  const events = batches.flatMap((batch) => batch.events);
  const through = new Map(batches.map((batch) => [batch.partition, batch.through]));
  const holding = batches.map((batch) => held.get(batch.partition)!).sort((a, b) => a.partition - b.partition);
  const keep = async () => {
    await leases.renew(database);
    await database.transaction((sql) => leases.fence(sql, holding));
  };
  const write = events.length > 0 ? await processor.handle(events, keep) : async () => undefined;
  await database.transaction(async (sql) => {
    await leases.fence(sql, holding);
    await write(sql);
    await leases.advance(sql, through);
    for (const { partition, poison } of holding)
      if (poison !== null) await clearPoison(sql, processor.name, partition, poison.position);
  });
  for (const hold of holding) {
    const position = through.get(hold.partition)!;
    held.set(hold.partition, { ...hold, position, seen: position, poison: null });
  }
}

/** Moves checkpoints where there is nothing to handle.
 *  @throws LeaseLost, CheckpointMoved; then those of other partitions may have moved */
export async function passBy(
  { database, processor, leases, passing, held }: BatchContext,
  batches: readonly Omit<PartitionBatch, 'events'>[],
): Promise<void> {
  const moves = batches.map(({ partition, through }) => ({ ...held.get(partition)!, through }));
  const passed = await passing.pass({ processor: processor.name, moves });
  for (const { partition, through } of moves) {
    const hold = held.get(partition);
    if (hold !== undefined && passed.has(partition)) held.set(partition, { ...hold, position: through });
  }
  const others = moves.filter(({ partition }) => !passed.has(partition));
  if (others.length > 0) await database.transaction((sql) => leases.fence(sql, others));
}

async function stopAt(
  { database, processor, leases, held, retryAt }: BatchContext,
  event: RecordedEvent,
  error: unknown,
) {
  const hold = held.get(event.partition)!;
  const attempts = await database.transaction(async (sql) => {
    await leases.fence(sql, [hold]);
    return recordPoison(sql, processor.name, event, error);
  });
  held.set(event.partition, { ...hold, poison: { position: event.position, attempts, retryAt: retryAt(attempts) } });
}

/** Moves the checkpoint of a stopped partition past its poison event: an operator said so. */
export async function skipPoison({ database, leases, held }: BatchContext, hold: Held): Promise<void> {
  const position = hold.poison!.position;
  await database.transaction(async (sql) => {
    await leases.fence(sql, [hold]);
    await leases.advance(sql, new Map([[hold.partition, position]]));
  });
  held.set(hold.partition, { ...hold, position, seen: position, poison: null });
}
