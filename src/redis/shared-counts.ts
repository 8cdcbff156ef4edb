import type { SharedCounts } from '../ports/shared-counts.ts';
import { connectRedis, type RedisConnectionOptions } from './connection.ts';

/** Counters that all processes on a Redis share. @param prefix of all keys */
export function createSharedCounts(options: RedisConnectionOptions & { readonly prefix: string }): SharedCounts {
  const redis = connectRedis(options, { commandTimeout: 1_000 });
  return {
    async add(counts) {
      const pipeline = redis.pipeline();
      for (const { key, by, ttlMs } of counts) {
        const name = `${options.prefix}:count:${key}`;
        pipeline.incrby(name, by).pexpire(name, ttlMs);
      }
      const answers = (await pipeline.exec()) ?? [];
      return counts.map((_, index) => {
        const [error, count] = answers[2 * index] ?? [new Error('no answer')];
        if (error !== null) throw error;
        return Number(count);
      });
    },
    async stop() {
      redis.disconnect();
    },
  };
}
