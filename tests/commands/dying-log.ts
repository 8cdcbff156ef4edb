import type { EventLog } from '../../src/event-store/index.ts';

type Call = <Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/** What a process calls that dies at its nth call, either before the call has an effect or before its answer arrives.
 *  @returns a wrapper for each thing that is called */
export function dying(call: number, effect: 'before' | 'after'): Call {
  let calls = 0;
  return (work) =>
    async (...args) => {
      calls += 1;
      if (calls > call) throw new Error('this process is dead');
      if (calls === call && effect === 'before') throw new Error('killed');
      const result = await work(...args);
      if (calls === call) throw new Error('killed');
      return result;
    };
}

/** A log of which a process sees only what `calls` lets through. */
export const logThrough = (log: EventLog, calls: Call): EventLog => ({
  ...log,
  append: calls(log.append),
  appendExclusively: calls(log.appendExclusively),
  read: calls(log.read),
  version: calls(log.version),
  findRecord: calls(log.findRecord),
});

/** The log of a process that dies at its nth call of the log, either before the call has an effect or before its answer arrives. */
export const dyingAt = (log: EventLog, call: number, effect: 'before' | 'after'): EventLog =>
  logThrough(log, dying(call, effect));
