import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from '../ports/database.ts';

/** Writes what a batch changes, inside the transaction that moves the checkpoint; may run more than once. */
export type BatchWrite = (sql: Sql) => Promise<void>;

/** Shows that somebody is at work: what the process holds of a processor stays with it for another lease time.
 *  @throws LeaseLost, CheckpointMoved when another process has it by now: there is nothing left to do */
export type KeepLease = () => Promise<void>;

/** Something that consumes the log.
 *  @property name      key of its checkpoints; two processors never share one. Read models carry their generation: `leaderboards#g2`
 *  @property types     event types it handles; the checkpoint moves past all others
 *  @property batchSize most events in one step, over all partitions
 *  @property weightOf  how many events one of them counts as in a step, at least 1; absent = each counts as one
 *  @property handle    takes events in the order of positions inside each partition; everything slow happens here, before the transaction.
 *                      What takes long calls `keep` between its steps.
 *                      An error that the events cause makes the runner look for the one event to blame */
export type Processor = {
  readonly name: string;
  readonly types: readonly string[];
  readonly batchSize: number;
  readonly weightOf?: (event: RecordedEvent) => number;
  handle(events: readonly RecordedEvent[], keep: KeepLease): BatchWrite | Promise<BatchWrite>;
};

/** Answers which processor to run now, for example the live generation of a read model; null = none, look again later.
 *  @property name what operators call it, without a generation */
export type ProcessorSource = { readonly name: string; current(): Promise<Processor | null> };

/** @property leaseMs          how long partitions of a process that died stay with it
 *  @property minIntervalMs    least time between the starts of two batches, so that bursts share one
 *  @property idleCheckpointMs how often the checkpoint moves past events that nobody here handles
 *  @property poisonBaseMs     pause before a poison event is tried again; doubles up to `poisonCapMs` */
export type ProcessorSettings = {
  readonly leaseMs: number;
  readonly minIntervalMs: number;
  readonly idleCheckpointMs: number;
  readonly poisonBaseMs: number;
  readonly poisonCapMs: number;
};

export const defaultProcessorSettings: ProcessorSettings = {
  leaseMs: 5_000,
  minIntervalMs: 50,
  idleCheckpointMs: 250,
  poisonBaseMs: 1_000,
  poisonCapMs: 60_000,
};
