import type { EventLog } from '../../src/event-store/index.ts';

/** The log of a process that dies at its nth call of the log, either before the call has an effect or before its answer arrives. */
export function dyingAt(log: EventLog, call: number, effect: 'before' | 'after'): EventLog {
  let calls = 0;
  const dies =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      calls += 1;
      if (calls > call) throw new Error('this process is dead');
      if (calls === call && effect === 'before') throw new Error('killed');
      const result = await work(...args);
      if (calls === call) throw new Error('killed');
      return result;
    };
  return {
    ...log,
    append: dies(log.append),
    appendExclusively: dies(log.appendExclusively),
    version: dies(log.version),
    read: dies(log.read),
    findRecord: dies(log.findRecord),
  };
}
