import type { CommandRuntime } from '../commands/handle.ts';
import { advanceTournament } from '../commands/tournament.ts';
import type { TournamentName } from '../events/ids.ts';
import type { Schedule } from '../ports/schedule.ts';
import type { Agenda, Due } from './agenda.ts';

/** Opens the occurrences of tournaments at their times. */
export const tournamentOccurrences = (
  runtime: CommandRuntime & { readonly schedule: Schedule },
  due: Agenda['due'],
): Agenda => ({
  name: 'tournament-occurrences',
  everyMs: 1_000,
  due,
  async perform({ id }: Due, task) {
    const outcome = await task.once((context) => advanceTournament(runtime, id as TournamentName, context));
    if (!outcome.ok) throw new Error(`tournament ${id} cannot go on: ${outcome.code}`);
  },
});
