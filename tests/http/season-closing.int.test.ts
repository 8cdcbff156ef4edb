import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../processors/log-under-test.ts';
import { newKey, type TestCluster, testCluster } from './support.ts';

let cluster: TestCluster;
let time = Date.parse('2026-03-01T12:00:00.000Z');

beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.stop());

const closings = () =>
  cluster.db.query("select tenant, data->>'season' as season, metadata from events where type = 'SeasonClosed'");

test('a season closes by itself at its time, once, also with two nodes, and takes no score from that moment on', async () => {
  const first = await cluster.node({ now: () => time });
  const second = await cluster.node({ now: () => time });
  const admin = cluster.operator('admin', 'default', time);
  await first.openSeason(admin, 'short', { closes_at: '2026-03-01T12:00:10Z' });
  await first.openSeason(admin, 'endless');
  const player = await first.signIn();
  expect((await second.score(player.token, 'short', 5)).status).toBe(200);
  time = Date.parse('2026-03-01T12:00:10.000Z');
  expect((await second.score(player.token, 'short', 6)).body.error.code).toBe('SEASON_CLOSED');
  const closing = await eventually(async () => (await closings())[0]);
  expect(closing).toMatchObject({
    tenant: 'default',
    season: 'short',
    metadata: { actor: 'agenda:season-closing', occurredAt: expect.stringContaining('2026-03-01T12:00:') },
  });
  await first.openSeason(admin, 'next', { closes_at: '2026-03-01T12:00:11Z' });
  time += 1_000;
  await eventually(async () => (await closings()).length === 2);
  const { body } = await first.call('/v1/seasons', { token: admin });
  expect(body.items.map(({ season, status }: Record<string, string>) => [season, status])).toEqual([
    ['endless', 'open'],
    ['next', 'closed'],
    ['short', 'closed'],
  ]);
  const again = await first.call('/v1/seasons/short/close', { method: 'POST', token: admin, key: newKey() });
  expect(again.status).toBe(200);
  expect(await closings()).toHaveLength(2);
});
