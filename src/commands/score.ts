import { decideScore, leaderboardEntry, type SubmitScore } from '../aggregates/leaderboard-entry.ts';
import { type ScoreHistory, scoreHistory, type WithdrawScore } from '../aggregates/score-history.ts';
import { type Season, season } from '../aggregates/season.ts';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import { leaderboardEntryStream } from '../events/leaderboard-entry.ts';
import { seasonStream } from '../events/season.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { CommandContext, Outcome } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { StateCache } from './state-cache.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';
import { enterTournament, isEntered } from './tournament.ts';

/** Submits a score under the season's operator.
 *  @returns the ordinal rank of the standing entry with this score applied, from the node's index before the append.
 *  Codes: SEASON_NOT_FOUND, SEASON_NOT_OPEN, SEASON_CLOSED, SUBMISSION_NOT_ALLOWED, SCORE_OUT_OF_RANGE. */
export async function submitScore(
  runtime: CommandRuntime & { readonly ranking: Ranking },
  command: SubmitScore,
  context: CommandContext<{ readonly rank: number }>,
): Promise<Handled<{ readonly rank: number }>> {
  const { tenant } = context;
  const { ranking } = runtime;
  const seasonUse = using(season, seasonStream(tenant, command.season), 'condition');
  const entryUse = using(leaderboardEntry, leaderboardEntryStream(tenant, command.season, command.playerId));
  const known = knownSeason(runtime, seasonUse) ?? (await loadState(runtime.log, runtime.states, seasonUse, true));
  const exists = known.phase !== 'absent';
  const refused = exists && known.entry !== null ? await enterFor(runtime, command, context) : null;
  if (refused !== null) return handle(runtime, [], () => ({ events: [], outcome: refused }), context);
  // Only what exists is ranked in memory, whatever names clients make up.
  if (exists) await ranking.ready(tenant, command.season);
  return handle(
    runtime,
    [seasonUse, entryUse],
    (stateOf) => {
      const entry = stateOf(entryUse);
      const seasonState = exists ? stateOf(seasonUse) : season.initial;
      const { events, rejected } = decideScore(command, { season: seasonState, entry });
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      const [event] = events;
      const rank =
        event?.type === 'LeaderboardUpdated'
          ? ranking.rankWith(tenant, command.season, command.playerId, event.data.standing)
          : (ranking.rankOf(tenant, command.season, command.playerId) ??
            ranking.rankWith(tenant, command.season, command.playerId, entry.standing ?? command.attempt));
      return { events: [[entryUse, events]], outcome: { ok: true, value: { rank } } };
    },
    context,
  );
}

/** In a tournament, a first score enters the player. @returns why it does not; null = the player is in, or need not be */
async function enterFor(
  runtime: CommandRuntime,
  { season: name, playerId, now }: SubmitScore,
  { key: _key, remember: _remember, ...context }: CommandContext<{ readonly rank: number }>,
): Promise<Extract<Outcome<never>, { ok: false }> | null> {
  const { tenant } = context;
  if (await isEntered(runtime, tenant, name, playerId)) return null;
  const { outcome } = await enterTournament(runtime, { season: name, playerId }, { ...context, now });
  return outcome.ok ? null : outcome;
}

/** A season that this process has seen; undefined = it may be there all the same. */
const knownSeason = ({ states }: CommandRuntime, { streamId }: StreamUse<Season>): Season | undefined => {
  const known = states.get(streamId)?.state as Season | undefined;
  return known?.phase === 'absent' ? undefined : known;
};

const isThere = async ({ log, states }: CommandRuntime, use: StreamUse<Season>): Promise<boolean> =>
  (await loadState(log, states, use, true)).phase !== 'absent';

/** Takes a score back. Codes: SCORE_NOT_FOUND; SEASON_ARCHIVED; SCORE_OUT_OF_RANGE when a sum would leave the range without it. */
export async function withdrawScore(
  runtime: CommandRuntime,
  command: WithdrawScore,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { season: name, playerId } = command;
  const stream = leaderboardEntryStream(context.tenant, name, playerId);
  // Another fold over the same stream than that of submitting, so neither may find the other's state in the cache.
  const uncached = { ...runtime, states: new StateCache(1) };
  const history = using(scoreHistory, stream);
  const seasonUse = using(season, seasonStream(context.tenant, name), 'condition');
  const exists = await isThere(uncached, seasonUse);
  return handle(
    uncached,
    exists ? [seasonUse, history] : [history],
    (stateOf) => {
      const seasonState = exists ? stateOf(seasonUse) : season.initial;
      const { events, rejected } = scoreHistory.decide(command, stateOf(history));
      if (events.length > 0 && seasonState.phase !== 'absent' && seasonState.archived)
        return { events: [], outcome: { ok: false, code: 'SEASON_ARCHIVED' } };
      return {
        events: [[history, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** Every score of a player in a season, oldest first, as the log has them at this moment. */
export const readScores = async (
  { log }: CommandRuntime,
  tenant: TenantId,
  name: SeasonName,
  playerId: PlayerId,
): Promise<ScoreHistory> =>
  loadState(log, new StateCache(1), using(scoreHistory, leaderboardEntryStream(tenant, name, playerId)), true);
