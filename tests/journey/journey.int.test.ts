import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../http/support.ts';
import { settle } from './acts/account.ts';
import { hold, play, score, seasonOf } from './acts/compete.ts';
import { experiment } from './acts/experiment.ts';
import { gather, teamUp } from './acts/gather.ts';
import { shop } from './acts/shop.ts';
import { chat, notify, tell } from './acts/tell.ts';
import { folds } from './folds/index.ts';
import { foldBoard } from './folds/leaderboard.ts';
import { endOfLog, readLog } from './log.ts';
import { compared, type Settled, settledRows, tableNames } from './read-models.ts';
import { accountReads } from './reads/account.ts';
import { circleReads } from './reads/circles.ts';
import { competitionReads } from './reads/competition.ts';
import { operationReads } from './reads/operations.ts';
import { all, type Journey, secrets, setStage } from './stage.ts';

/** Fifty players from their first sign-in to an archived season, on two nodes and by the client that games use, over connections that
 *  lose answers. Afterwards every read model is held against what the events alone say. */
const environment = {
  SANDAI_TELEGRAM_BOTS: `default:${secrets.bot}`,
  SANDAI_PSP_SECRETS: `default:${secrets.psp}`,
};
const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
let journey: Journey;

beforeAll(async () => {
  Object.assign(process.env, environment);
  const stage = await setStage();
  const { admin, cluster, eventsReach } = stage;
  await score(stage);
  await notify(stage);
  await play(stage);
  await teamUp(stage);
  await gather(stage);
  await shop(stage);
  await chat(stage);
  await experiment(stage);
  await tell(stage);
  await settle(stage);
  await hold(stage);
  await admin.post('/v1/seasons/{season}/close', { path: { season: seasonOf('sum') } });
  await eventsReach('RewardGranted', 5);
  await until(
    () => cluster.db.query(`select 1 from events where data -> 'cause' ->> 'kind' = 'reward'`),
    (paid) => paid.length === 5,
  );
  const settled = await settledRows(cluster.db);
  journey = { ...stage, ...settled, waitFor: await endOfLog(cluster.db) };
}, 180_000);
afterAll(async () => {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await journey.cluster.stop();
});

describe('after the journey of fifty players', () => {
  const here = () => journey;
  test('some requests were sent again, and answered as the first time', () => {
    expect(journey.restless.replayed).toBeGreaterThan(20);
  });

  competitionReads(here);
  circleReads(here);
  accountReads(here);
  operationReads(here);

  test('the season is archived in the night, with the ranks that it closed with', async () => {
    const { cluster, log, advance, operator } = journey;
    advance(27 * 3_600_000);
    const tomorrow = operator('ops');
    const season = seasonOf('sum');
    await until(
      () => tomorrow.get('/v1/seasons/{season}/history', { path: { season } }).catch(({ code }) => code),
      (answer) => answer !== 'SEASON_NOT_ARCHIVED',
    );
    const pages = tomorrow.pages('/v1/seasons/{season}/history', { path: { season }, query: { limit: 9 } });
    const ranks = (await all(pages)).map(({ display_name: _, ...entry }) => entry);
    expect(ranks).toEqual(foldBoard(log, season, 'sum'));
    expect((await readLog(cluster.db)).length).toBeGreaterThan(log.length);
  });
});

describe('of the read models', () => {
  test('every table has a fold of its own, and no fold is left over', () => {
    expect(Object.keys(folds).sort()).toEqual([...tableNames].sort());
  });

  describe.each(['before', 'after'] as const)('%s the night', (when) => {
    let settled: Settled;
    beforeAll(async () => {
      settled = when === 'before' ? journey : await settledRows(journey.cluster.db);
    });

    test.each(tableNames)('%s holds what the events say', (name) => {
      const { found, expected } = compared(name, settled);
      expect(found).toEqual(expected);
      expect(found).not.toEqual([]);
    });
  });
});
