import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, startRedis, type TestRedis } from '../support/redis-server.ts';
import { type TestCluster, type TestNode, testCluster, until } from './support.ts';

describe.runIf(hasRedis)('rate limits of nodes that share a Redis', () => {
  let redis: TestRedis;
  let cluster: TestCluster;
  let here: TestNode;
  let there: TestNode;
  beforeAll(async () => {
    redis = await startRedis();
    cluster = await testCluster();
    // one window for the whole test
    const now = Date.now();
    const node = () =>
      cluster.node({ settings: { 'redis.url': redis.url, 'rateLimit.anonymousPerMinute': '20' }, now: () => now });
    [here, there] = [await node(), await node()];
  });
  afterAll(async () => {
    await cluster.stop();
    await redis.end();
  });

  const ask = async (node: TestNode) => (await node.call('/v1/nowhere')).status;

  test('what one node counted, the other knows', async () => {
    for (let n = 0; n < 20; n += 1) expect(await ask(here)).toBe(404);
    expect(await ask(here)).toBe(429);
    await until(
      () => ask(there),
      (status) => status === 429,
    );
    expect(await ask(here)).toBe(429);
  });

  test('each node counts alone while Redis is gone, and says so once', async () => {
    await redis.stop();
    const ready = await until(
      () => here.call('/readyz'),
      ({ body }) => body.dependencies.redis === 'down',
    );
    expect(ready.status).toBe(200);
    const fresh = await cluster.node({
      settings: { 'redis.url': redis.url, 'rateLimit.anonymousPerMinute': '3' },
      now: () => 60_000,
    });
    expect([await ask(fresh), await ask(fresh), await ask(fresh), await ask(fresh)]).toEqual([404, 404, 404, 429]);
    const told = async () => cluster.lines.filter(({ msg }) => String(msg).startsWith('Redis does not answer')).length;
    await until(told, (lines) => lines === 3); // one of each node
  });
});
