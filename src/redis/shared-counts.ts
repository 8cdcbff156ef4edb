import type { SharedCounts } from '../ports/shared-counts.ts';
import { connectRedis, type RedisConnectionOptions } from './connection.ts';

/** Counters that all processes on a Redis share. @param prefix of all keys */
export async function createSharedCounts(
  options: RedisConnectionOptions & { readonly prefix: string },
): Promise<SharedCounts> {
  const redis = await connectRedis(options, { commandTimeout: 1_000 });
  let failing = false;
  return {
    async add(counts) {
      const pipeline = redis.pipeline();
      for (const { key, by, ttlMs } of counts) {
        const name = `${options.prefix}:count:${key}`;
        pipeline.incrby(name, by).pexpire(name, ttlMs);
      }
      try {
        const answers = (await pipeline.exec()) ?? [];
        const totals = counts.map((_, index) => {
          const [error, count] = answers[2 * index] ?? [new Error('no answer')];
          if (error !== null) throw error;
          return Number(count);
        });
        if (failing) options.onRecovered();
        failing = false;
        return totals;
      } catch (error) {
        // a Redis that hangs is told of by nobody else
        if (!failing) options.onProblem(error);
        failing = true;
        throw error;
      }
    },
    async stop() {
      redis.disconnect();
    },
  };
}
