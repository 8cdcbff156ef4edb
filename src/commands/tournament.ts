import { season } from '../aggregates/season.ts';
import {
  type AdvanceTournament,
  type EndTournament,
  type ScheduleTournament,
  type Tournament,
  tournament,
} from '../aggregates/tournament.ts';
import { decideEntry, entrant, hasRoster, roster } from '../aggregates/tournament-entry.ts';
import type { PlayerId, SeasonName, TenantId, TournamentName } from '../events/ids.ts';
import { seasonStream } from '../events/season.ts';
import { entrantStream, occurrenceSeason, rosterStream, tournamentStream } from '../events/tournament.ts';
import type { Schedule } from '../ports/schedule.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Schedules a tournament, or ends one: no further occurrence begins. Codes: TOURNAMENT_EXISTS, TOURNAMENT_NOT_FOUND, REWARDS_OVERLAP. */
export function changeTournament(
  runtime: CommandRuntime,
  command: ScheduleTournament | EndTournament,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(tournament, tournamentStream(context.tenant, command.tournament));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = tournament.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** Opens the occurrence that is due, as a season of its own. One that is still running is opened late, with the times it should have
 *  had; those that are over already are left out, which is noted. What happens depends on the schedule and the time only.
 *  Code: TOURNAMENT_NOT_FOUND. */
export async function advanceTournament(
  runtime: CommandRuntime & { readonly schedule: Schedule },
  name: TournamentName,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant, now } = context;
  const stream = using(tournament, tournamentStream(tenant, name));
  const state = await loadState(runtime.log, runtime.states, stream, true);
  const plan = state.phase === 'absent' ? null : planOf(name, state, runtime.schedule, now);
  const opened = plan?.opened ?? null;
  const seasonUse = opened === null ? null : using(season, seasonStream(tenant, opened.season), 'write', true);
  return handle(
    runtime,
    seasonUse === null ? [stream] : [stream, seasonUse],
    (stateOf) => {
      const current = stateOf(stream);
      if (current.phase === 'absent') return { events: [], outcome: { ok: false, code: 'TOURNAMENT_NOT_FOUND' } };
      if (plan === null) return { events: [], outcome: { ok: true, value: null } };
      const { events } = tournament.decide(plan, current);
      if (events.length === 0 || seasonUse === null || opened === null)
        return { events: [[stream, events]], outcome: { ok: true, value: null } };
      const { operator, submitBy, rewards, maxEntries } = current.rules;
      const made = season.decide(
        {
          type: 'OpenSeason',
          season: opened.season,
          operator,
          submitBy,
          opensAt: opened.opensAt,
          closesAt: opened.closesAt,
          rewards,
          entry: { tournament: name, entriesCloseAt: opened.entriesCloseAt, maxEntries },
        },
        stateOf(seasonUse),
      );
      if (made.rejected !== undefined)
        throw new Error(`the season of an occurrence cannot be opened: ${made.rejected}`);
      return {
        events: [
          [stream, events],
          [seasonUse, made.events],
        ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}

const iso = (time: number): string => new Date(time).toISOString();

/** What is to happen to a tournament at a moment; null = nothing. */
function planOf(
  name: TournamentName,
  { rules, nextAt }: Exclude<Tournament, { phase: 'absent' }>,
  schedule: Schedule,
  now: number,
): AdvanceTournament | null {
  if (nextAt === null || nextAt > now) return null;
  const { cron, durationMs, entryMs, endsAt } = rules;
  const nextAfter = (time: number): number | null => {
    const next = schedule.next(cron, time);
    return next !== null && endsAt !== null && next >= Date.parse(endsAt) ? null : next;
  };
  const stillRuns = nextAt + durationMs > now;
  const opensAt = stillRuns ? nextAt : nextAfter(now - durationMs);
  const isOpen = opensAt !== null && opensAt <= now;
  const following = isOpen ? nextAfter(opensAt) : null;
  return {
    type: 'AdvanceTournament',
    tournament: name,
    dueAt: nextAt,
    missed: stillRuns ? null : { nextAt: opensAt === null ? null : iso(opensAt) },
    opened: isOpen
      ? {
          season: occurrenceSeason(name, opensAt),
          opensAt: iso(opensAt),
          closesAt: iso(opensAt + durationMs),
          entriesCloseAt: iso(opensAt + Math.min(entryMs, durationMs)),
          nextAt: following === null ? null : iso(following),
        }
      : null,
  };
}

/** Enters a player into an occurrence; entering twice changes nothing. Where places are numbered, entries come one after another.
 *  Codes: SEASON_NOT_FOUND, SEASON_NOT_OPEN, SEASON_CLOSED, TOURNAMENT_ENTRIES_CLOSED, TOURNAMENT_FULL. */
export async function enterTournament(
  runtime: CommandRuntime,
  { season: name, playerId }: { readonly season: SeasonName; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant, now } = context;
  const seasonUse = using(season, seasonStream(tenant, name), 'condition');
  const rosterUse = using(roster, rosterStream(tenant, name));
  const entrantUse = using(entrant, entrantStream(tenant, name, playerId));
  // whether a season has a roster is settled when it opens
  let known = await loadState(runtime.log, runtime.states, seasonUse);
  if (known.phase === 'absent') known = await loadState(runtime.log, runtime.states, seasonUse, true);
  const isNumbered = hasRoster(known);
  return handle(
    runtime,
    isNumbered ? [seasonUse, rosterUse, entrantUse] : [seasonUse, entrantUse],
    (stateOf) => {
      const state = stateOf(seasonUse);
      // it was not there when it was asked for, and came to be meanwhile
      if (hasRoster(state) !== isNumbered) return { events: [], outcome: { ok: false, code: 'SEASON_NOT_FOUND' } };
      const taken = isNumbered ? stateOf(rosterUse) : roster.initial;
      const states = { season: state, roster: taken, entrant: stateOf(entrantUse) };
      const decided = decideEntry({ season: name, playerId, now }, states);
      if (decided.rejected !== undefined) return { events: [], outcome: { ok: false, code: decided.rejected } };
      const { events } = decided;
      return {
        events:
          events === null
            ? []
            : [
                ...(events.roster === null ? [] : [[rosterUse, [events.roster]] as const]),
                [entrantUse, [events.entrant]],
              ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}

/** Whether a player is in an occurrence, as far as this process knows; whoever is in stays in. */
export const isEntered = async (
  { log, states }: CommandRuntime,
  tenant: TenantId,
  name: SeasonName,
  playerId: PlayerId,
): Promise<boolean> => (await loadState(log, states, using(entrant, entrantStream(tenant, name, playerId)))).entered;

/** The occurrence of a tournament that was opened last, and whether the tournament is there.
 *  @param now milliseconds since 1970 */
export async function latestOccurrence(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  name: TournamentName,
  now: number,
): Promise<{ readonly known: boolean; readonly season: SeasonName | null }> {
  const stream = using(tournament, tournamentStream(tenant, name));
  let state = await loadState(log, states, stream);
  // another process may have opened the next one, or made the tournament
  if (state.phase === 'absent' || (state.nextAt !== null && state.nextAt <= now))
    state = await loadState(log, states, stream, true);
  return state.phase === 'absent'
    ? { known: false, season: null }
    : { known: true, season: state.latest?.season ?? null };
}
