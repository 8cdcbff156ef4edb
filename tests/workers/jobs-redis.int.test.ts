import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { until } from '../http/support.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis-server.ts';
import { jobsContract } from './jobs-contract.ts';

describe.runIf(hasRedis)('with Redis', () => {
  let redis: TestRedis;
  const underTest = jobsContract(async () => {
    redis = await startRedis();
    return { 'redis.url': redis.url };
  });
  afterAll(() => redis.end());

  const refuseUntilToldOtherwise = () => {
    const { telegram } = underTest();
    telegram.answer = () => ({ status: 503, headers: { 'retry-after': '3600' } });
  };

  test('jobs hold numbers and ids only', async () => {
    const { telegram, hook } = underTest();
    refuseUntilToldOtherwise();
    await hook(500, '/rank secret-season');
    const client = new Redis(redis.url);
    const texts = await until(
      async () => {
        const keys = await client.keys('*~500~1');
        return Promise.all(keys.map((key) => client.hgetall(key)));
      },
      (found) => found.length > 0,
    );
    expect(JSON.parse(texts[0]!['data']!)).toEqual({
      kind: 'bot_command',
      tenant: 'default',
      bot: 'main',
      updateId: 500,
      attempts: 1,
    });
    client.disconnect();
    telegram.answer = () => ({ status: 200 });
  });

  test('nothing is lost when Redis is emptied', async () => {
    const { telegram, hook, commands } = underTest();
    const ids = Array.from({ length: 20 }, (_, n) => 600 + n);
    telegram.answer = () => ({ status: 500 });
    await Promise.all(ids.map((id) => hook(id)));
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    telegram.answer = () => ({ status: 200 });
    await until(
      () => commands('done'),
      (found) => ids.every((id) => found.has(id)),
    );
  });

  test('nothing stops while Redis is gone, and it is used again when it is back', async () => {
    const { hook, commands, nodes } = underTest();
    await redis.stop();
    expect(await hook(700)).toBe(202);
    await until(
      () => commands('done'),
      (found) => found.has(700),
    );
    const ready = await until(
      () => nodes[0]!.call('/readyz'),
      ({ body }) => body.dependencies.redis === 'down',
    );
    expect(ready.status).toBe(200);
    await redis.restart();
    await until(
      () => nodes[0]!.call('/readyz'),
      ({ body }) => body.dependencies.redis === 'up',
    );
    expect(await hook(701)).toBe(202);
    await until(
      () => commands('done'),
      (found) => found.has(701),
    );
  });
});
