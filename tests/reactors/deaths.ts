import type { EventLog } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { type Agenda, agendaRunner } from '../../src/reactors/agenda.ts';
import type { Reactor } from '../../src/reactors/reactor.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { dying, logThrough } from '../commands/dying-log.ts';
import { now, openLog } from '../commands/support.ts';

/** A call of somebody outside, which may be the last thing that a process does. */
export type Outside = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** Lets work be done by a process that dies at a call of the log or of somebody outside, then by two others at once; and that for every call
 *  that the work makes, with death before the call's effect and after it.
 *  @param arrange fills an empty log
 *  @param work    what a process does, with a log of its own view; what it calls outside goes through `outside`
 *  @param check   what must be in the log in the end
 *  @returns how many calls the work makes */
export async function dieEverywhere(
  arrange: (log: EventLog) => Promise<void>,
  work: (log: EventLog, outside: Outside) => Promise<void>,
  check: (log: EventLog, death: string) => Promise<void>,
): Promise<number> {
  for (let call = 1; ; call += 1)
    for (const effect of ['after', 'before'] as const) {
      const log = openLog();
      await arrange(log);
      const calls = dying(call, effect);
      const died = await work(logThrough(log, calls), (ask) => calls(ask)()).then(
        () => false,
        () => true,
      );
      await Promise.all([work(log, alive), work(log, alive)]);
      await check(log, `${effect} call ${call}`);
      if (!died) return call - 1;
    }
}

const alive: Outside = (call) => call();

/** A reactor's work: it answers to all events that it wants. */
export const answering =
  (reactorOn: (log: EventLog) => Reactor) =>
  async (log: EventLog): Promise<void> => {
    const reactor = reactorOn(log);
    const events: RecordedEvent[] = [];
    for (let partition = 0; partition < log.info.partitions; partition += 1)
      events.push(...(await log.readPartition(partition, { after: 0n, limit: 1_000, types: reactor.types })));
    await reactorProcessor(reactor, () => now).handle(events);
  };

/** An agenda's work: it does what is due. */
export const attending =
  (agendaOn: (log: EventLog) => Agenda) =>
  async (log: EventLog): Promise<void> => {
    const { failed } = await agendaRunner(agendaOn(log))(now, async () => undefined);
    for (const { error } of failed) throw error;
  };
