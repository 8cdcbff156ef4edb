import { describe, expect, test } from 'vitest';
import { type DomainEvent, eventCatalogue, parseEvent, publicMessagesOf } from '../../src/events/catalogue.ts';
import type { JsonValue } from '../../src/events/envelope.ts';
import { type Golden, goldenOf, goldens, stored } from './golden.ts';

const messagesOf = (golden: Golden) => publicMessagesOf(parseEvent(stored(golden)) as DomainEvent);

/** Fields that hold personal data, or lead to it or to a session. */
const kept = [
  'displayName',
  'client',
  'deviceHash',
  'emailHash',
  'socialHash',
  'password',
  'refreshHash',
  'metadata',
  'ip',
  'userAgent',
  'sealed',
  'contactId',
  'title',
  'content',
];
/** What the outside is told of; a change here changes what consumers may rely on. */
const published: readonly string[] = [
  'BotCommandQueued',
  'ConfigVariantSet',
  'DeadLetterFiled',
  'EntitlementGranted',
  'EntitlementRevoked',
  'ExperimentDefined',
  'ExperimentExposed',
  'ExperimentRamped',
  'ExperimentStarted',
  'ExperimentStopped',
  'NotificationQueued',
  'LeaderboardUpdated',
  'MatchCompleted',
  'MatchStarted',
  'GroupCreated',
  'GroupDissolved',
  'GroupMemberJoined',
  'GroupMemberKicked',
  'GroupMemberLeft',
  'GroupRoleChanged',
  'GroupTierChanged',
  'PartyCreated',
  'PartyDissolved',
  'PartyLeaderChanged',
  'PartyMemberJoined',
  'PartyMemberKicked',
  'PartyMemberLeft',
  'PersonalDataErased',
  'ProductDefined',
  'ProductRetired',
  'PurchaseRefunded',
  'PurchaseValidated',
  'PlayerAuthenticated',
  'ScoreWithdrawn',
  'RewardGranted',
  'SeasonArchived',
  'SeasonClosed',
  'SeasonOpened',
  'SeasonRewardsAwarded',
  'TournamentEntered',
  'TournamentOccurrenceOpened',
  'TournamentScheduled',
];

const keysOf = (value: JsonValue): string[] =>
  value === null || typeof value !== 'object'
    ? []
    : Array.isArray(value)
      ? value.flatMap(keysOf)
      : Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner as JsonValue)]);

describe('a public message', () => {
  test.each(goldens)('holds no personal data: $name', (golden) => {
    const text = JSON.stringify(messagesOf(golden));
    for (const field of kept) {
      const value = golden.data[field];
      if (value === undefined || value === null || JSON.stringify(value) === '{}') continue;
      expect(text).not.toContain(typeof value === 'string' ? value : JSON.stringify(value));
    }
  });

  test.each(goldens)('has names in snake case, and none of personal data: $name', (golden) => {
    const snake = kept.map((field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    for (const { payload } of messagesOf(golden))
      for (const key of keysOf(payload)) {
        expect(key).toMatch(/^[a-z]+(_[a-z]+)*$/);
        expect(snake).not.toContain(key);
      }
  });

  test.each(Object.keys(eventCatalogue))('is sent once or never, by the type of the event: %s', (type) => {
    expect(messagesOf(goldenOf(`${type}.v1`)).map((message) => message.type)).toEqual(
      published.includes(type) ? [type] : [],
    );
  });

  test('tells who signed in', () => {
    expect(messagesOf(goldenOf('PlayerAuthenticated.v1'))).toEqual([
      {
        aggregateType: 'player',
        aggregateId: '11111111-1111-4111-8111-111111111111',
        type: 'PlayerAuthenticated',
        payload: {
          player_id: '11111111-1111-4111-8111-111111111111',
          session_id: '33333333-3333-4333-8333-333333333333',
          method: 'device',
        },
      },
    ]);
  });

  test('tells whose personal data was erased', () => {
    expect(messagesOf(goldenOf('PersonalDataErased.v1'))[0]).toMatchObject({
      aggregateType: 'player',
      payload: { player_id: '11111111-1111-4111-8111-111111111111' },
    });
  });

  test('tells who plays against whom', () => {
    const [message] = messagesOf(goldenOf('MatchStarted.v1'));
    expect(message).toEqual({
      aggregateType: 'match',
      aggregateId: '88888888-8888-4888-8888-888888888888',
      type: 'MatchStarted',
      payload: {
        match_id: '88888888-8888-4888-8888-888888888888',
        mode: 'solo',
        teams: [
          { team: 1, players: ['11111111-1111-4111-8111-111111111111'] },
          { team: 2, players: ['22222222-2222-4222-8222-222222222222'] },
        ],
        ends_by: '2026-03-01T11:05:00.000Z',
      },
    });
  });

  test('tells how a match ended for each team', () => {
    expect(messagesOf(goldenOf('MatchCompleted.v1'))[0]?.payload).toEqual({
      match_id: '88888888-8888-4888-8888-888888888888',
      mode: 'solo',
      end: 'surrender',
      result: [
        {
          team: 1,
          place: 1,
          outcome: 'won',
          players: [{ player_id: '11111111-1111-4111-8111-111111111111', score: 12 }],
        },
        {
          team: 2,
          place: 2,
          outcome: 'lost',
          players: [{ player_id: '22222222-2222-4222-8222-222222222222', score: -1 }],
        },
      ],
    });
  });

  test('tells what stands in a leaderboard', () => {
    expect(messagesOf(goldenOf('LeaderboardUpdated.v1'))).toEqual([
      {
        aggregateType: 'leaderboard',
        aggregateId: 'spring-2026',
        type: 'LeaderboardUpdated',
        payload: {
          season: 'spring-2026',
          player_id: '11111111-1111-4111-8111-111111111111',
          operator: 'best',
          score: 1524,
          subscore: -3,
        },
      },
    ]);
  });

  test.each([
    { name: 'ScoreWithdrawn.v1', standing: { score: 1500, subscore: 0 } },
    { name: 'ScoreWithdrawn.v1.last', standing: null },
  ])('tells what stands after a withdrawal: $name', ({ name, standing }) => {
    const golden = goldenOf(name);
    expect(messagesOf(golden)[0]?.payload).toEqual({
      season: 'spring-2026',
      player_id: '11111111-1111-4111-8111-111111111111',
      withdrawn_event_id: golden.data['withdrawnEventId'],
      standing,
    });
  });

  test('tells when a season opens and closes', () => {
    expect(messagesOf(goldenOf('SeasonOpened.v1'))[0]).toEqual({
      aggregateType: 'leaderboard',
      aggregateId: 'spring-2026',
      type: 'SeasonOpened',
      payload: {
        season: 'spring-2026',
        operator: 'best',
        opens_at: '2026-03-01T00:00:00.000Z',
        closes_at: '2026-06-01T00:00:00Z',
      },
    });
    expect(messagesOf(goldenOf('SeasonClosed.v1'))[0]?.payload).toEqual({ season: 'spring-2026' });
  });
});
