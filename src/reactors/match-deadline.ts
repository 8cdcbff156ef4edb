import type { CommandRuntime } from '../commands/handle.ts';
import { endAtDeadline } from '../commands/match.ts';
import type { MatchId } from '../events/ids.ts';
import type { Agenda, Due } from './agenda.ts';

/** Ends matches whose time is over. Commands are refused from that moment on in any case; this gives the match its result. */
export const matchDeadline = (runtime: CommandRuntime, due: Agenda['due']): Agenda => ({
  name: 'match-deadline',
  everyMs: 1_000,
  due,
  async perform({ id }: Due, task) {
    const command = { type: 'EndAtDeadline', matchId: id as MatchId, now: task.now } as const;
    const outcome = await task.once((context) => endAtDeadline(runtime, command, context));
    if (!outcome.ok) throw new Error(`match ${id} cannot be ended: ${outcome.code}`);
  },
});
