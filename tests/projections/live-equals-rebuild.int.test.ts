import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { type ReadSide, startReadSide } from '../../src/cli/read-side.ts';
import { matchStream } from '../../src/events/battle-match.ts';
import { botCommandStream } from '../../src/events/bot-command.ts';
import { botContactStream } from '../../src/events/bot-contact.ts';
import { deviceStream } from '../../src/events/device.ts';
import { groupStream } from '../../src/events/group.ts';
import type { ContactId, SeasonName } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { ticketStream } from '../../src/events/matchmaking-ticket.ts';
import { deliveryStream } from '../../src/events/notification.ts';
import { notificationTemplateStream } from '../../src/events/notification-settings.ts';
import { partyStream } from '../../src/events/party.ts';
import { playerStream } from '../../src/events/player.ts';
import { ratingStream } from '../../src/events/rating.ts';
import { seasonStream } from '../../src/events/season.ts';
import { sessionStream } from '../../src/events/session.ts';
import type { Projection } from '../../src/ports/projection.ts';
import { checkpointsOf, covers } from '../../src/processors/checkpoints.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import {
  closed,
  eventually,
  type LogUnderTest,
  logUnderTest,
  opened,
  player,
  scored,
  session,
  tenant,
  withdrawn,
} from '../processors/log-under-test.ts';
import { authenticated, deviceOf, ended, linked, refreshed, unlinked } from './access-events.ts';
import { analyticsEvent } from './analytics-events.ts';
import { botEvent, contactEvent, deliveryEvent, notificationOf, templateEvent, updateOf } from './bot-events.ts';
import { deadLetterEvent, granted, seasonEvent, tournamentEvent } from './competition-events.ts';
import { economyEvent } from './economy-events.ts';
import { experimentEvent, exposureEvent } from './experiment-events.ts';
import { groupEvent, groupOf, partyEvent, partyOf } from './group-events.ts';
import { matchEvent, matchOf, rated, ticketEvent, ticketOf } from './match-events.ts';

let here: LogUnderTest;
let side: ReadSide;

beforeAll(async () => {
  here = await logUnderTest();
  side = await startReadSide({
    log: here.log,
    database: here.database,
    projections,
    batchSize: 7,
    settings: { minIntervalMs: 0, idleCheckpointMs: 1, leaseMs: 1_000 },
    onProblem: () => undefined,
    onSkipped: () => undefined,
  });
});
afterAll(async () => {
  await side.stop();
  await here.close();
});

type Step =
  | { kind: 'score'; who: number; season: string; score: number }
  | { kind: 'withdraw'; who: number; season: string }
  | { kind: 'season'; season: string; close: boolean }
  | {
      kind: 'register' | 'rename' | 'authenticate' | 'refresh' | 'revoke' | 'link' | 'unlink' | 'grant' | 'take';
      who: number;
    }
  | { kind: 'bot' | 'contact' | 'delivery' | 'template'; who: number; next: number }
  | { kind: 'ticket' | 'match' | 'rating'; who: number; next: number }
  | { kind: 'analytics' | 'economy' | 'group' | 'party' | 'tournament' | 'deadLetter'; who: number; next: number }
  | { kind: 'ending'; season: string; next: number }
  | { kind: 'reward'; who: number; season: string }
  | { kind: 'experiment' | 'exposure'; who: number; next: number }
  | { kind: 'rewind'; partition: number };

const who = fc.nat(8);
const season = fc.constantFrom('spring', 'autumn');
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('score' as const),
        who,
        season,
        score: fc.integer({ min: -9, max: 9 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), who, season }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('season' as const), season, close: fc.boolean() }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          ...(['register', 'rename', 'authenticate', 'refresh', 'revoke', 'link', 'unlink', 'grant', 'take'] as const),
        ),
        who,
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'bot' as const,
          'contact' as const,
          'delivery' as const,
          'template' as const,
          'analytics' as const,
          'economy' as const,
          'group' as const,
          'party' as const,
          'tournament' as const,
          'deadLetter' as const,
        ),
        who,
        next: fc.nat(10),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('ending' as const), season, next: fc.nat(10) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reward' as const), who, season }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('ticket' as const, 'match' as const, 'rating' as const),
        who,
        next: fc.nat(10),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('experiment' as const, 'exposure' as const),
        who,
        next: fc.nat(10),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewind' as const), partition: fc.nat(15) }) },
  ),
  { minLength: 20, maxLength: 60 },
);

let exposedPlayers = 1_000;

async function run(step: Step) {
  switch (step.kind) {
    case 'score':
    case 'withdraw': {
      const name = step.season as SeasonName;
      const event = step.kind === 'score' ? scored(step.who, step.score, name) : withdrawn(step.who, name);
      return here.append(leaderboardEntryStream(tenant, name, player(step.who)), [event]);
    }
    case 'season':
      return here.append(seasonStream(tenant, step.season as SeasonName), [
        step.close ? closed(step.season as SeasonName) : opened(step.season as SeasonName),
      ]);
    case 'register':
      return here.append(playerStream(tenant, player(step.who)), [
        { type: 'PlayerRegistered', data: { playerId: player(step.who), method: 'device' } },
      ]);
    case 'rename':
      return here.append(playerStream(tenant, player(step.who)), [
        { type: 'DisplayNameChanged', data: { playerId: player(step.who), displayName: `sealed "${step.who}", {x}` } },
      ]);
    case 'grant':
      return here.append(playerStream(tenant, player(step.who)), [
        {
          type: 'EntitlementGranted',
          data: {
            playerId: player(step.who),
            tier: step.who % 2 === 0 ? 'gold' : 'silver',
            expiresAt: step.who % 3 === 0 ? null : '2026-04-01T00:00:00.000Z',
          },
        },
      ]);
    case 'take':
      return here.append(playerStream(tenant, player(step.who)), [
        { type: 'EntitlementRevoked', data: { playerId: player(step.who), tier: 'gold' } },
      ]);
    case 'revoke':
      return here.append(sessionStream(tenant, session(step.who)), [ended(step.who)]);
    case 'authenticate':
      return here.append(sessionStream(tenant, session(step.who)), [authenticated(step.who)]);
    case 'refresh':
      return here.append(sessionStream(tenant, session(step.who)), [refreshed(step.who)]);
    case 'link':
      return here.append(deviceStream(tenant, deviceOf(step.who)), [linked(step.who)]);
    case 'unlink':
      return here.append(deviceStream(tenant, deviceOf(step.who)), [unlinked(step.who)]);
    case 'bot':
      return here.append(botCommandStream(tenant, updateOf(step.who)), [botEvent(step.who, step.next)]);
    case 'contact':
      return here.append(botContactStream(tenant, player(step.who) as string as ContactId), [
        contactEvent(step.who, step.next),
      ]);
    case 'delivery':
      return here.append(deliveryStream(tenant, notificationOf(step.who), player(step.who)), [
        deliveryEvent(step.who, step.next),
      ]);
    case 'analytics': {
      const [stream, event] = analyticsEvent(step.who, step.next);
      return here.append(stream, [event]);
    }
    case 'economy': {
      const [stream, event] = economyEvent(step.who, step.next);
      return here.append(stream, [event]);
    }
    case 'tournament': {
      const [stream, event] = tournamentEvent(step.who, step.next);
      return here.append(stream, [event]);
    }
    case 'deadLetter': {
      const [stream, event] = deadLetterEvent(step.who, step.next);
      return here.append(stream, [event]);
    }
    case 'reward': {
      const [stream, event] = granted(step.who, step.season as SeasonName);
      return here.append(stream, [event]);
    }
    case 'ending':
      return here.append(seasonStream(tenant, step.season as SeasonName), [
        seasonEvent(step.season as SeasonName, step.next),
      ]);
    case 'experiment': {
      const [stream, event] = experimentEvent(step.who, step.next);
      return here.append(stream, [event]);
    }
    case 'exposure': {
      exposedPlayers += 1;
      const [stream, event] = exposureEvent(exposedPlayers);
      return here.append(stream, [event]);
    }
    case 'group':
      return here.append(groupStream(tenant, groupOf(step.who)), [groupEvent(step.who, step.next)]);
    case 'party':
      return here.append(partyStream(tenant, partyOf(step.who)), [partyEvent(step.who, step.next)]);
    case 'template':
      return here.append(notificationTemplateStream(tenant, `t${step.who}`), [templateEvent(step.who, step.next)]);
    case 'ticket':
      return here.append(ticketStream(tenant, ticketOf(step.who)), [ticketEvent(step.who, step.next)]);
    case 'match':
      return here.append(matchStream(tenant, matchOf(step.who)), [matchEvent(step.who, step.next)]);
    case 'rating':
      return here.append(ratingStream(tenant, 'solo', player(step.who)), [
        rated(step.who, 1_500 + step.next, step.next + 1),
      ]);
    case 'rewind':
      return here.query('update processor_checkpoints set position = position / 2 where partition = $1::int', [
        step.partition,
      ]);
  }
}

/** Something for each read model, so that none is compared empty. */
const something: readonly Step[] = [
  { kind: 'season', season: 'spring', close: false },
  { kind: 'score', who: 1, season: 'spring', score: 1 },
  ...(['register', 'rename', 'authenticate', 'link', 'grant', 'revoke'] as const).map((kind) => ({ kind, who: 1 })),
  ...(
    [
      ...(['bot', 'contact', 'delivery', 'template', 'analytics', 'economy', 'group', 'party'] as const),
      ...(['experiment', 'exposure', 'tournament', 'deadLetter', 'ticket', 'match', 'rating'] as const),
    ] as const
  ).flatMap((kind) => Array.from({ length: 11 }, (_, next) => ({ kind, who: 1, next }))),
];

const tablesOf = (projection: Projection) => projection.tables(0).map(({ name }) => name.replace(/__g0$/, ''));

test('rows that were kept up to date, with batches taken twice, equal rows rebuilt from the beginning', async () => {
  for (const step of something) await run(step);
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      for (const step of history) await run(step);
      const end = await here.log.positions();
      for (const projection of projections) {
        const live = await side.generations.latest(projection.name);
        await eventually(async () => covers(await checkpointsOf(here.database, `${projection.name}#g${live}`), end));
        const before = await Promise.all(tablesOf(projection).map((table) => here.rows(table, live)));
        const { generation } = await rebuildProjection({
          projection,
          log: here.log,
          database: here.database,
          owner: here.owner,
          appRole: here.appRole,
          graceMs: 0,
          settings: { maxEvents: 9, maxEventsPerWrite: 20, maxRows: 5 },
        });
        const after = await Promise.all(tablesOf(projection).map((table) => here.rows(table, generation)));
        expect(after).toEqual(before);
        for (const [at, rows] of after.entries()) expect(rows, tablesOf(projection)[at]).not.toEqual([]);
      }
    }),
    { numRuns: 8 },
  );
}, 180_000);
