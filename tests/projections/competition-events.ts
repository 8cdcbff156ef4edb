import type { NewEvent } from '../../src/event-store/port.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import type { SeasonName, StreamId, TournamentName } from '../../src/events/ids.ts';
import { rewardStream } from '../../src/events/reward.ts';
import { entrantStream, occurrenceSeason, rosterStream, tournamentStream } from '../../src/events/tournament.ts';
import { player, tenant } from '../processors/log-under-test.ts';

/** Events of seasons, tournaments and dead letters for tests of read models, in any order: rows follow whatever history they are given. */

const begin = Date.parse('2026-03-01T10:00:00.000Z');
const minute = 60_000;
const time = (minutes: number): string => new Date(begin + minutes * minute).toISOString();
const chosen = <Item>(items: readonly Item[], next: number): Item => items[next % items.length]!;
const grants = (amount: number) => [{ kind: 'currency', asset: 'gold', amount }];
const tiers = (amount: number) => [{ fromRank: 1, toRank: 1 + amount, grants: grants(1 + amount) }];

/** An event of a season, beside opening and closing. */
export const seasonEvent = (season: SeasonName, next: number): NewEvent =>
  chosen<NewEvent>(
    [
      { type: 'SeasonArchived', data: { season } },
      { type: 'SeasonRewardsDefined', data: { season, rewards: tiers(next) } },
      { type: 'SeasonRewardsAwarded', data: { season, firstRank: 1, winners: [player(next)] } },
      {
        type: 'SeasonEntriesLimited',
        data: { season, tournament: 'cup', entriesCloseAt: time(next), maxEntries: next + 1 },
      },
    ],
    next,
  );

export const granted = (who: number, season: SeasonName): readonly [StreamId, NewEvent] => [
  rewardStream(tenant, season, player(who)),
  { type: 'RewardGranted', data: { season, playerId: player(who), rank: who + 1, grants: grants(7) } },
];

export function tournamentEvent(who: number, next: number): readonly [StreamId, NewEvent] {
  const tournament = `cup-${who}` as TournamentName;
  const stream = tournamentStream(tenant, tournament);
  const season = occurrenceSeason(tournament, begin + next * minute);
  const nextAt = next % 3 === 0 ? null : time(next + 60);
  const rules = { operator: 'sum', submitBy: 'players', cron: '0 * * * *', durationMs: 30 * minute, entryMs: minute };
  const times = { opensAt: time(next), closesAt: time(next + 30), entriesCloseAt: time(next + 1) };
  return chosen<readonly [StreamId, NewEvent]>(
    [
      [
        stream,
        {
          type: 'TournamentScheduled',
          data: { tournament, ...rules, maxEntries: next + 1, rewards: tiers(next), endsAt: time(1_000), nextAt },
        },
      ],
      [stream, { type: 'TournamentOccurrenceOpened', data: { tournament, season, ...times, nextAt } }],
      [
        entrantStream(tenant, season, player(who)),
        { type: 'TournamentEntered', data: { tournament, season, playerId: player(who) } },
      ],
      [rosterStream(tenant, season), { type: 'TournamentSeatTaken', data: { season, entries: next + 1 } }],
      [stream, { type: 'TournamentOccurrencesMissed', data: { tournament, from: time(next), nextAt } }],
      [stream, { type: 'TournamentEnded', data: { tournament } }],
    ],
    next,
  );
}

export function deadLetterEvent(who: number, next: number): readonly [StreamId, NewEvent] {
  const deadLetterId = deadLetterIdOf(who % 2 === 0 ? 'reward' : 'match-score', `letter-${who}`);
  const reason = 'balance_out_of_range';
  return [
    deadLetterStream(tenant, deadLetterId),
    chosen<NewEvent>(
      [
        { type: 'DeadLetterFiled', data: { deadLetterId, reason, attempts: 1, sealed: `sealed ${next}` } },
        { type: 'DeadLetterRetryRequested', data: { deadLetterId } },
        { type: 'DeadLetterRetryFailed', data: { deadLetterId, reason: 'season_closed', attempts: next + 1 } },
        { type: 'DeadLetterResolved', data: { deadLetterId, attempts: next + 1 } },
        { type: 'DeadLetterDiscarded', data: { deadLetterId } },
      ],
      next,
    ),
  ];
}
