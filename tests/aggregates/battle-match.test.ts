import { describe, expect, test } from 'vitest';
import { battleMatch, type PlayCommand } from '../../src/aggregates/battle-match.ts';
import { maxPayloadLength } from '../../src/aggregates/match-command.ts';
import type { BattleMatchEvent, MatchEnd, MatchResult } from '../../src/events/battle-match.ts';
import type { JsonObject } from '../../src/events/envelope.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { alice, at, bob, duel, iso } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(battleMatch);
const carol = '33333333-3333-4333-8333-333333333333' as PlayerId;
const dave = '44444444-4444-4444-8444-444444444444' as PlayerId;
const eve = '55555555-5555-4555-8555-555555555555' as PlayerId;

const teams = [
  { team: 1, players: [alice, bob] },
  { team: 2, players: [carol, dave] },
];
const start = { type: 'StartMatch', matchId: duel, mode: 'duo', teams, endsBy: iso('12:00') } as const;
const started: BattleMatchEvent = {
  type: 'MatchStarted',
  data: { matchId: duel, mode: 'duo', teams, endsBy: iso('12:00') },
};
const play = (playerId: PlayerId, command: string, payload: JsonObject = {}, time = '11:30'): PlayCommand => ({
  type: 'PlayCommand',
  matchId: duel,
  playerId,
  command,
  payload,
  now: at(time),
});
const accepted = (
  tick: number,
  playerId: PlayerId,
  command: 'ready' | 'move' | 'attack' | 'use_item' | 'surrender',
  payload: JsonObject = {},
): BattleMatchEvent => ({
  type: 'MatchCommandAccepted',
  data: { matchId: duel, playerId, command, payload, tick },
});
const result = (
  first: [number, 'won' | 'lost' | 'drawn'],
  second: typeof first,
  scores: number[] = [],
): MatchResult => [
  {
    team: 1,
    place: first[0],
    outcome: first[1],
    players: [alice, bob].map((playerId, nth) => ({ playerId, score: scores[nth] ?? 0 })),
  },
  {
    team: 2,
    place: second[0],
    outcome: second[1],
    players: [carol, dave].map((playerId, nth) => ({ playerId, score: scores[nth + 2] ?? 0 })),
  },
];
const completed = (end: MatchEnd, tick: number, outcome: MatchResult): BattleMatchEvent => ({
  type: 'MatchCompleted',
  data: { matchId: duel, mode: 'duo', end, tick, result: outcome },
});
const ended = completed('reported', 0, result([1, 'won'], [2, 'lost']));

test('a match starts once, with its teams', () => given().when(start).then(started));

describe('a command', () => {
  test.each([
    ['ready', {}],
    ['move', { x: 1.5, y: -2 }],
    ['move', { direction: 'north' }],
    ['attack', {}],
    ['attack', { target: 'tower', strength: 3 }],
    ['attack', { target_player_id: carol }],
    ['use_item', { item: 'potion' }],
  ] as const)('is recorded with its payload: %s %j', (command, payload) =>
    given(started)
      .when(play(alice, command, payload))
      .accepts(accepted(1, alice, command, payload)),
  );

  test.each([
    ['dance', {}],
    ['move', {}],
    ['move', { x: 1 }],
    ['move', { x: 1, y: '2' }],
    ['move', { x: 1_000_001, y: 0 }],
    ['move', { direction: '' }],
    ['attack', { target_player_id: bob }],
    ['attack', { target_player_id: alice }],
    ['attack', { target_player_id: eve }],
    ['attack', { target_player_id: 7 }],
    ['use_item', {}],
    ['use_item', { item: 'x'.repeat(65) }],
    ['toString', {}],
  ] as const)('that makes no sense is refused: %s %j', (command, payload) =>
    given(started)
      .when(play(alice, command, payload))
      .thenRejects('ILLEGAL_COMMAND'),
  );

  test('with a payload beyond the bound is refused', () => {
    const payload = { note: 'x'.repeat(maxPayloadLength) };
    given(started)
      .when(play(alice, 'ready', payload))
      .thenRejects('ILLEGAL_COMMAND');
  });
  test('counts on, whoever sends it', () =>
    given(started, accepted(1, alice, 'ready'))
      .when(play(carol, 'attack'))
      .accepts(accepted(2, carol, 'attack')));
  test('of who does not play in the match is refused', () =>
    given(started).when(play(eve, 'ready')).thenRejects('NOT_A_PARTICIPANT'));
  test('in a match that never was is refused', () => given().when(play(alice, 'ready')).thenRejects('MATCH_NOT_FOUND'));
  test('after the end, or after the time, is refused', () => {
    given(started, ended).when(play(alice, 'attack')).thenRejects('MATCH_ENDED');
    given(started)
      .when(play(alice, 'attack', {}, '12:00'))
      .thenRejects('MATCH_ENDED');
  });
  test('of who is not there is refused as such also after the end', () =>
    given(started, ended).when(play(eve, 'attack')).thenRejects('NOT_A_PARTICIPANT'));
});

describe('a player', () => {
  test('gets ready once, and before anything else', () => {
    given(started, accepted(1, alice, 'ready'))
      .when(play(alice, 'ready'))
      .thenRejects('ILLEGAL_COMMAND');
    given(started, accepted(1, alice, 'attack'))
      .when(play(alice, 'ready'))
      .thenRejects('ILLEGAL_COMMAND');
    given(started, accepted(1, bob, 'ready'))
      .when(play(alice, 'ready'))
      .accepts(accepted(2, alice, 'ready'));
  });
  test('who surrendered does nothing more, and is no target', () => {
    const out = accepted(1, carol, 'surrender');
    given(started, out).when(play(carol, 'attack')).thenRejects('ILLEGAL_COMMAND');
    given(started, out)
      .when(play(alice, 'attack', { target_player_id: carol }))
      .thenRejects('ILLEGAL_COMMAND');
  });
});

describe('a surrender', () => {
  test('of some of a team lets the others fight on', () =>
    given(started)
      .when(play(alice, 'surrender'))
      .accepts(accepted(1, alice, 'surrender')));
  test('of the last of a team ends the match for the other', () =>
    given(started, accepted(1, alice, 'surrender'))
      .when(play(bob, 'surrender'))
      .accepts(accepted(2, bob, 'surrender'), completed('surrender', 2, result([2, 'lost'], [1, 'won']))));
});

describe('a reported result', () => {
  const report = (places: [number, number][], scores: [PlayerId, number][] = []) =>
    ({ type: 'ReportResult', matchId: duel, places: new Map(places), scores: new Map(scores) }) as const;
  const twoOne: [number, number][] = [
    [1, 2],
    [2, 1],
  ];

  test('ends the match, with the scores of its players', () =>
    given(started)
      .when(
        report(twoOne, [
          [alice, 3],
          [dave, 9],
        ]),
      )
      .thenOnce('MATCH_ENDED', completed('reported', 0, result([2, 'lost'], [1, 'won'], [3, 0, 0, 9]))));
  test('with a shared first place is a draw', () =>
    given(started)
      .when(
        report([
          [1, 1],
          [2, 1],
        ]),
      )
      .thenOnce('MATCH_ENDED', completed('reported', 0, result([1, 'drawn'], [1, 'drawn']))));
  test('must place each team of the match, and no other', () => {
    given(started)
      .when(report([[1, 1]]))
      .thenRejects('RESULT_INCOMPLETE');
    given(started)
      .when(
        report([
          [1, 1],
          [3, 2],
        ]),
      )
      .thenRejects('RESULT_INCOMPLETE');
    given(started)
      .when(report([...twoOne, [3, 3]]))
      .thenRejects('RESULT_INCOMPLETE');
  });
  test('must not score who does not play', () =>
    given(started)
      .when(report(twoOne, [[eve, 1]]))
      .thenRejects('RESULT_INCOMPLETE'));
  test('of a match that never was is refused', () => given().when(report(twoOne)).thenRejects('MATCH_NOT_FOUND'));
});

describe('the deadline', () => {
  const end = (time: string) => ({ type: 'EndAtDeadline', matchId: duel, now: at(time) }) as const;

  test('ends a match as a draw of those who still fight', () =>
    given(started, accepted(1, alice, 'surrender'))
      .when(end('12:00'))
      .then(completed('deadline', 1, result([1, 'drawn'], [1, 'drawn']))));
  test('changes nothing before, or after the end', () => {
    given(started).when(end('11:59')).thenNothing();
    given(started, ended).when(end('12:00')).thenNothing();
  });
  test('of a match that never was is refused', () => given().when(end('12:00')).thenRejects('MATCH_NOT_FOUND'));
});

test('news of a match that never started leave it absent', () => {
  expect(fold(battleMatch, [accepted(1, alice, 'ready')])).toEqual({ phase: 'absent' });
});

test('the command of somebody else counts, whatever today says of who plays', () => {
  expect(fold(battleMatch, [started, accepted(1, eve, 'ready')])).toMatchObject({ phase: 'running', tick: 1 });
});
