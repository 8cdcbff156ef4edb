import { ConditionFailed, RecordExists, VersionConflict } from '../event-store/errors.ts';
import type { Append, AppendResult, EventLog, IdempotencyRecord, NewDataKey } from '../event-store/port.ts';
import { type DomainEvent, eventCatalogue, publicMessagesOf } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { StreamId } from '../events/ids.ts';
import { type CommandContext, metadataOf, type Outcome } from './context.ts';
import type { Known, StateCache } from './state-cache.ts';
import type { StreamLocks } from './stream-locks.ts';
import { advance, loadStates, type StreamUse } from './stream-use.ts';

/** What commands run on. */
export type CommandRuntime = {
  readonly log: EventLog;
  readonly states: StateCache;
  readonly locks: StreamLocks;
};

/** What a command decided: events for the streams it writes to, and the outcome that they lead to. */
export type Decided<Result> = {
  readonly events: readonly (readonly [StreamUse, readonly DomainEvent[]])[];
  readonly outcome: Outcome<Result>;
  readonly dataKeys?: readonly NewDataKey[];
};

/** A durable outcome, with the places of its events (none when nothing changed). */
export type Handled<Result> = { readonly outcome: Outcome<Result>; readonly events: readonly RecordedEvent[] };

/** Pure; may run more than once. */
export type Decide<Result> = (stateOf: <State>(use: StreamUse<State>) => State) => Decided<Result>;

const maxLosses = 20;
const optimisticLosses = 2;

/** Loads, decides, appends; lost races are decided anew here and nowhere else.
 *
 *  Commands of this process on one stream run one after another. A refusal, or a decision without events, is taken on
 *  state read from the database after the command arrived. After two lost races the partitions are locked.
 *  @throws RecordExists when the context's key already has an outcome; and what `EventLog.append` throws */
export function handle<Result>(
  runtime: CommandRuntime,
  uses: readonly StreamUse[],
  decide: Decide<Result>,
  context: CommandContext<Result>,
): Promise<Handled<Result>> {
  const written = uses.filter(({ mode }) => mode === 'write').map(({ streamId }) => streamId);
  return runtime.locks.hold(written, async () => {
    let mustBeFresh = false;
    for (let losses = 0; ; ) {
      try {
        const loading = loadStates(runtime.log, runtime.states, uses, mustBeFresh);
        const known = loading instanceof Promise ? await loading : loading;
        const decided = decide(readFrom(known.byStream));
        if (!known.fresh && (!decided.outcome.ok || isSilent(decided))) {
          mustBeFresh = true;
          continue;
        }
        if (losses < optimisticLosses) return await append(runtime, uses, known.byStream, decided, context);
        return await appendLocked(runtime, uses, known.byStream, decide, context);
      } catch (error) {
        const lost = error instanceof VersionConflict || error instanceof ConditionFailed;
        // What others appended is read on top of what is known; long streams are not read again. Where even a locked append is
        // refused, what is known may be wrong.
        if (!lost || losses >= optimisticLosses) for (const { streamId } of uses) runtime.states.delete(streamId);
        losses += 1;
        if (!lost || losses > maxLosses) throw error;
        mustBeFresh = true;
      }
    }
  });
}

const isSilent = ({ events }: Decided<unknown>): boolean => events.every(([, fresh]) => fresh.length === 0);

const readFrom =
  (states: ReadonlyMap<StreamId, Known>) =>
  <State>(use: StreamUse<State>): State =>
    states.get(use.streamId)?.state as State;

async function append<Result>(
  runtime: CommandRuntime,
  uses: readonly StreamUse[],
  states: ReadonlyMap<StreamId, Known>,
  decided: Decided<Result>,
  context: CommandContext<Result>,
): Promise<Handled<Result>> {
  const record = context.remember?.(decided.outcome);
  if (isUnproven(decided, record)) {
    await refuseRepeated(runtime.log, context);
    if (isSilent(decided)) return { outcome: decided.outcome, events: [] };
  }
  const { events } = await runtime.log.append(toAppend(uses, states, decided, record, context));
  keep(runtime.states, uses, states, events);
  return { outcome: decided.outcome, events };
}

/** Decides while the partitions of the written streams are locked, so that the append cannot lose. */
async function appendLocked<Result>(
  runtime: CommandRuntime,
  uses: readonly StreamUse[],
  known: ReadonlyMap<StreamId, Known>,
  decide: Decide<Result>,
  context: CommandContext<Result>,
): Promise<Handled<Result>> {
  const written = uses.filter(({ mode }) => mode === 'write');
  const reads = written.map(({ streamId }) => ({ streamId, from: (known.get(streamId)?.version ?? 0n) + 1n }));
  let last: { decided: Decided<Result>; states: ReadonlyMap<StreamId, Known> } | undefined;
  const result: AppendResult | null = await runtime.log.appendExclusively(reads, (slices) => {
    const states = new Map(known);
    for (const [index, use] of written.entries())
      states.set(use.streamId, advance(use, known.get(use.streamId), slices[index] ?? { events: [] }));
    const decided = decide(readFrom(states));
    last = { decided, states };
    const record = context.remember?.(decided.outcome);
    return isUnproven(decided, record) ? null : toAppend(uses, states, decided, record, context);
  });
  if (last === undefined) throw new Error('the store appended without asking for the decision');
  if (result === null) return append(runtime, uses, last.states, last.decided, context);
  keep(runtime.states, uses, last.states, result.events);
  return { outcome: last.decided.outcome, events: result.events };
}

/** Whether the append could not tell that the key has an outcome already: it has no record, and either no events or those of
 *  a refusal, to which the first attempt's own success may have led. */
const isUnproven = (decided: Decided<unknown>, record: IdempotencyRecord | undefined): boolean =>
  record === undefined && (isSilent(decided) || !decided.outcome.ok);

/** @throws RecordExists when the key has an outcome: read after the state, so it is there if that state holds its events */
async function refuseRepeated(log: EventLog, { key }: CommandContext<never>): Promise<void> {
  const record = key === undefined ? null : await log.findRecord(key);
  if (record !== null) throw new RecordExists(record);
}

function toAppend<Result>(
  uses: readonly StreamUse[],
  states: ReadonlyMap<StreamId, Known>,
  decided: Decided<Result>,
  record: IdempotencyRecord | undefined,
  context: CommandContext<Result>,
): Append {
  const metadata = metadataOf(context);
  const versionOf = (streamId: StreamId) => states.get(streamId)?.version ?? 0n;
  const streams = decided.events
    .filter(([, events]) => events.length > 0)
    .map(([{ streamId }, events]) => ({
      streamId,
      expectedVersion: versionOf(streamId),
      events: events.map((event) => ({
        type: event.type,
        data: event.data,
        schemaVersion: eventCatalogue[event.type].version,
        metadata,
        messages: publicMessagesOf(event),
      })),
    }));
  const conditions = uses
    .filter(({ mode }) => mode === 'condition' && decided.outcome.ok)
    .map(({ streamId }) => ({ streamId, expectedVersion: versionOf(streamId) }));
  return {
    tenant: context.tenant,
    streams,
    conditions,
    dataKeys: decided.dataKeys ?? [],
    ...(record === undefined ? {} : { record }),
    ...(context.causedAt === undefined ? {} : { causedAt: context.causedAt }),
  };
}

function keep(
  cache: StateCache,
  uses: readonly StreamUse[],
  states: ReadonlyMap<StreamId, Known>,
  events: readonly RecordedEvent[],
): void {
  for (const use of uses) {
    let last = states.get(use.streamId) ?? { state: use.initial, version: 0n };
    const before = last;
    for (const event of events)
      if (event.streamId === use.streamId) last = { state: use.evolveOwn(last.state, event), version: event.version };
    if (last !== before) cache.set(use.streamId, last);
  }
}
