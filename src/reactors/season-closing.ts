import type { CommandRuntime } from '../commands/handle.ts';
import { changeSeason } from '../commands/season.ts';
import type { SeasonName } from '../events/ids.ts';
import type { Agenda, Due } from './agenda.ts';

/** Closes seasons at their `closes_at`. Scores are refused from that moment on in any case; this makes it a fact that others can answer to. */
export const seasonClosing = (runtime: CommandRuntime, due: Agenda['due']): Agenda => ({
  name: 'season-closing',
  everyMs: 1_000,
  due,
  async perform({ id }: Due, task) {
    const command = { type: 'CloseSeason', season: id as SeasonName } as const;
    const outcome = await task.once((context) => changeSeason(runtime, command, context));
    if (!outcome.ok) throw new Error(`season ${id} cannot be closed: ${outcome.code}`);
  },
});
