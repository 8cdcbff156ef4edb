import { describe, expect, test } from 'vitest';
import { type OpenSeason, season, seasonPhaseAt } from '../../src/aggregates/season.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import type { SeasonEvent } from '../../src/events/season.ts';
import { at, iso, spring } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(season);
const data = { season: spring, operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' } as const;
const open: OpenSeason = { type: 'OpenSeason', ...data };
const close = { type: 'CloseSeason', season: spring } as const;
const opened: SeasonEvent = { type: 'SeasonOpened', data };
const closed: SeasonEvent = { type: 'SeasonClosed', data: { season: spring } };

describe('opening a season', () => {
  test('opens a new one', () => given().when(open).thenOnce('SEASON_EXISTS', opened));

  test('keeps operator, times and who submits', () => {
    const chosen = { operator: 'sum', opensAt: iso('10:00'), closesAt: iso('12:00'), submitBy: 'service' } as const;
    given()
      .when({ ...open, ...chosen })
      .thenOnce('SEASON_EXISTS', { type: 'SeasonOpened', data: { season: spring, ...chosen } });
  });

  test('is refused when the season is open', () => given(opened).when(open).thenRejects('SEASON_EXISTS'));
  test('is refused when the season is closed', () => given(opened, closed).when(open).thenRejects('SEASON_EXISTS'));

  test.each([
    { opensAt: iso('10:00'), closesAt: iso('09:00') },
    { opensAt: iso('10:00'), closesAt: iso('10:00') },
  ])('is refused when it would end before it opens ($closesAt)', (times) =>
    given()
      .when({ ...open, ...times })
      .thenRejects('SEASON_ENDS_BEFORE_IT_OPENS'),
  );

  test.each([
    { opensAt: iso('10:00'), closesAt: null },
    { opensAt: null, closesAt: iso('10:00') },
  ])('takes an open end ($opensAt to $closesAt)', (times) =>
    given()
      .when({ ...open, ...times })
      .thenOnce('SEASON_EXISTS', { type: 'SeasonOpened', data: { ...data, ...times } }),
  );
});

describe('closing a season', () => {
  test('closes an open one', () => given(opened).when(close).then(closed));
  test('changes nothing when it is closed', () => given(opened, closed).when(close).thenNothing());
  test('is refused when there is none', () => given().when(close).thenRejects('SEASON_NOT_FOUND'));
});

describe('a season takes scores', () => {
  const phase = (events: readonly SeasonEvent[], time: string) => seasonPhaseAt(fold(season, events), at(time));
  const timed: SeasonEvent = {
    type: 'SeasonOpened',
    data: { ...data, opensAt: iso('10:00'), closesAt: iso('12:00') },
  };

  test('from its opening to just before its end', () => {
    expect(phase([timed], '09:59')).toBe('not yet open');
    expect(phase([timed], '10:00')).toBe('open');
    expect(phase([timed], '11:59')).toBe('open');
    expect(phase([timed], '12:00')).toBe('closed');
  });

  test('until it is closed when it has no end', () => {
    expect(phase([opened], '23:59')).toBe('open');
    expect(phase([opened, closed], '00:00')).toBe('closed');
  });

  test('never when it is closed before its time', () => {
    expect(phase([timed, closed], '09:00')).toBe('closed');
    expect(phase([timed, closed], '11:00')).toBe('closed');
  });

  test('never when there is none, whatever its history says', () => {
    expect(phase([], '11:00')).toBe('absent');
    expect(phase([closed], '11:00')).toBe('absent');
  });
});

describe('the rewards of a season', () => {
  const grants = [{ kind: 'currency', asset: 'gold', amount: 10 } as const];
  const rewards = [
    { fromRank: 1, toRank: 1, grants },
    { fromRank: 2, toRank: 150, grants },
  ];
  const defined: SeasonEvent = { type: 'SeasonRewardsDefined', data: { season: spring, rewards } };
  const players = Array.from({ length: 200 }, (_, n) => `${n}`.padStart(36, '0') as PlayerId);
  const award = (winners: readonly PlayerId[]) => ({ type: 'AwardSeason', season: spring, winners }) as const;
  const awarded = (firstRank: number, winners: readonly PlayerId[]): SeasonEvent => ({
    type: 'SeasonRewardsAwarded',
    data: { season: spring, firstRank, winners: [...winners] },
  });

  test('are told beside its opening', () =>
    given()
      .when({ ...open, rewards })
      .thenOnce('SEASON_EXISTS', opened, defined));

  test.each([
    [{ fromRank: 2, toRank: 1 }],
    [
      { fromRank: 1, toRank: 3 },
      { fromRank: 3, toRank: 4 },
    ],
    [
      { fromRank: 5, toRank: 9 },
      { fromRank: 1, toRank: 6 },
    ],
  ])('are refused when ranks overlap (%#)', (...ranges) =>
    given()
      .when({ ...open, rewards: ranges.map((range) => ({ ...range, grants })) })
      .thenRejects('REWARDS_OVERLAP'),
  );

  test('go to as many as are rewarded, a hundred to an event', () =>
    given(opened, defined, closed)
      .when(award(players))
      .then(awarded(1, players.slice(0, 100)), awarded(101, players.slice(100, 150))));
  test('go to fewer where there are fewer', () =>
    given(opened, defined, closed)
      .when(award(players.slice(0, 2)))
      .then(awarded(1, players.slice(0, 2))));
  test('go to nobody where nobody played, or nothing was promised', () => {
    given(opened, defined, closed).when(award([])).thenNothing();
    given(opened, closed).when(award(players)).thenNothing();
  });
  test('are fixed once', () =>
    given(opened, defined, closed, awarded(1, players.slice(0, 1)))
      .when(award(players.slice(5)))
      .thenNothing());
  test('wait for the end', () => {
    given(opened, defined).when(award(players)).thenRejects('SEASON_NOT_CLOSED');
    given().when(award(players)).thenRejects('SEASON_NOT_FOUND');
  });
});

describe('archiving a season', () => {
  const archive = { type: 'ArchiveSeason', season: spring } as const;
  const archived: SeasonEvent = { type: 'SeasonArchived', data: { season: spring } };

  test('makes its ranks final, once', () => given(opened, closed).when(archive).then(archived));
  test('waits for its end', () => given(opened).when(archive).thenRejects('SEASON_NOT_CLOSED'));
  test('needs a season', () => given().when(archive).thenRejects('SEASON_NOT_FOUND'));
  test('leaves it closed', () => given(opened, closed, archived).when(close).thenNothing());
});
