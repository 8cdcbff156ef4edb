import { describe, expect, test } from 'vitest';
import { season as seasonDecider } from '../../src/aggregates/season.ts';
import { tournament } from '../../src/aggregates/tournament.ts';
import { decideEntry } from '../../src/aggregates/tournament-entry.ts';
import type { PlayerId, TournamentName } from '../../src/events/ids.ts';
import type { SeasonEvent } from '../../src/events/season.ts';
import { occurrenceSeason, type TournamentEvent } from '../../src/events/tournament.ts';
import { at, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(tournament);
const cup = 'cup' as TournamentName;
const season = occurrenceSeason(cup, at('10:00'));
const rules = {
  operator: 'best' as const,
  submitBy: 'players' as const,
  cron: '0 * * * *',
  durationMs: 1_800_000,
  entryMs: 600_000,
  maxEntries: 2,
  rewards: [],
  endsAt: null,
};
const schedule = { type: 'ScheduleTournament', tournament: cup, ...rules, nextAt: iso('10:00') } as const;
const scheduled: TournamentEvent = {
  type: 'TournamentScheduled',
  data: { tournament: cup, ...rules, nextAt: iso('10:00') },
};
const occurrence = {
  season,
  opensAt: iso('10:00'),
  closesAt: iso('10:30'),
  entriesCloseAt: iso('10:10'),
  nextAt: iso('11:00'),
};
const opened: TournamentEvent = { type: 'TournamentOccurrenceOpened', data: { tournament: cup, ...occurrence } };
const ended: TournamentEvent = { type: 'TournamentEnded', data: { tournament: cup } };
const advance = (dueAt: number, more: object = {}) =>
  ({ type: 'AdvanceTournament', tournament: cup, dueAt, missed: null, opened: occurrence, ...more }) as const;
const end = { type: 'EndTournament', tournament: cup } as const;

describe('a tournament', () => {
  test('is scheduled once', () => {
    given().when(schedule).thenOnce('TOURNAMENT_EXISTS', scheduled);
    given(scheduled, ended).when(schedule).thenRejects('TOURNAMENT_EXISTS');
  });
  test('does not promise a rank two rewards', () => {
    const grants = [{ kind: 'currency' as const, asset: 'gold', amount: 1 }];
    const rewards = [
      { fromRank: 1, toRank: 2, grants },
      { fromRank: 2, toRank: 3, grants },
    ];
    given()
      .when({ ...schedule, rewards })
      .thenRejects('REWARDS_OVERLAP');
  });

  test('opens the occurrence that is due, once', () =>
    given(scheduled)
      .when(advance(at('10:00')))
      .then(opened));
  test('notes what was missed, with or without one that runs', () => {
    const missed: TournamentEvent = {
      type: 'TournamentOccurrencesMissed',
      data: { tournament: cup, from: iso('10:00'), nextAt: iso('12:00') },
    };
    const plan = advance(at('10:00'), { missed: { nextAt: iso('12:00') }, opened: null });
    given(scheduled).when(plan).then(missed);
    given(scheduled, missed)
      .when(advance(at('10:00')))
      .thenNothing();
    given(scheduled)
      .when({ ...plan, opened: occurrence })
      .then(missed, opened);
  });
  test('leaves a plan alone that was made for another time', () => {
    given(scheduled)
      .when(advance(at('09:00')))
      .thenNothing();
    given(scheduled, opened)
      .when(advance(at('10:00')))
      .thenNothing();
  });

  test('ends once: nothing is due any more', () => {
    given(scheduled).when(end).then(ended);
    given(scheduled, ended)
      .when(advance(at('10:00')))
      .thenNothing();
  });
  test('must exist', () => {
    given().when(end).thenRejects('TOURNAMENT_NOT_FOUND');
    given()
      .when(advance(at('10:00')))
      .thenRejects('TOURNAMENT_NOT_FOUND');
    given(ended).when(end).thenRejects('TOURNAMENT_NOT_FOUND');
  });
});

describe('an entry', () => {
  const playerId = '11111111-1111-4111-8111-111111111111' as PlayerId;
  const times = { opensAt: iso('10:00'), closesAt: iso('10:30') };
  const open: SeasonEvent = {
    type: 'SeasonOpened',
    data: { season, operator: 'best', submitBy: 'players', ...times },
  };
  const limited: SeasonEvent = {
    type: 'SeasonEntriesLimited',
    data: { season, tournament: cup, entriesCloseAt: iso('10:10'), maxEntries: 2 },
  };
  const closed: SeasonEvent = { type: 'SeasonClosed', data: { season } };
  const enter = (now: string, entries = 0, entered = false, ...events: readonly SeasonEvent[]) =>
    decideEntry(
      { season, playerId, now: at(now) },
      {
        season: fold(seasonDecider, events.length === 0 ? [open, limited] : events),
        roster: { entries },
        entrant: { entered },
      },
    );

  test('takes a seat', () => {
    expect(enter('10:05', 1)).toEqual({
      events: {
        entrant: { type: 'TournamentEntered', data: { tournament: cup, season, playerId } },
        roster: { type: 'TournamentSeatTaken', data: { season, entries: 2 } },
      },
    });
  });
  test('is not counted where any number may enter', () => {
    const unlimited: SeasonEvent = {
      type: 'SeasonEntriesLimited',
      data: { season, tournament: cup, entriesCloseAt: iso('10:10'), maxEntries: null },
    };
    expect(enter('10:05', 0, false, open, unlimited)).toMatchObject({
      events: { entrant: { type: 'TournamentEntered' }, roster: null },
    });
  });
  test('twice changes nothing, however late and full it is', () =>
    expect(enter('10:29', 2, true)).toEqual({ events: null }));
  test('is refused when it is full', () => expect(enter('10:05', 2)).toEqual({ rejected: 'TOURNAMENT_FULL' }));
  test('is refused when it is late', () => expect(enter('10:10')).toEqual({ rejected: 'TOURNAMENT_ENTRIES_CLOSED' }));
  test('is refused before and after the occurrence', () => {
    expect(enter('09:59')).toEqual({ rejected: 'SEASON_NOT_OPEN' });
    expect(enter('10:30')).toEqual({ rejected: 'SEASON_CLOSED' });
    expect(enter('10:05', 0, false, open, limited, closed)).toEqual({ rejected: 'SEASON_CLOSED' });
  });
  test('needs a season, and one that is a tournament’s', () => {
    expect(enter('10:05', 0, false, closed)).toEqual({ rejected: 'SEASON_NOT_FOUND' });
    expect(enter('10:05', 0, false, open)).toEqual({ events: null });
  });
});
