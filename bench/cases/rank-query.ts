import { createHistogram } from 'node:perf_hooks';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { createRankIndex } from '../../src/projections/rank-index.ts';
import type { Benchmark, Surroundings } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { season } from '../harness/events.ts';
import { buildReadModels, fillWithScores, newPlayers } from '../harness/fill.ts';
import { openSeason, startMeasuredServer } from '../harness/sandai-server.ts';
import { type BenchDatabase, vacuum } from '../harness/server.ts';
import type { HttpQuestion, RanksAnswer } from './http.child.ts';

const entries = 1_000_000;
const writers = 1_000;
const asked = 20_000;

/** Puts a million players' scores into the log and their rows into the leaderboard. */
async function fill(database: BenchDatabase, { tell }: Surroundings): Promise<readonly string[]> {
  const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
  try {
    tell(`filling a season with ${entries} entries`);
    const players = newPlayers(entries);
    await fillWithScores(log, players, 1, () => Math.floor(Math.random() * 10_000_000));
    await buildReadModels(log, database);
    await vacuum(database.ownerUrl);
    return players;
  } finally {
    await log.close();
  }
}

/** 99th percentile of one look-up in the index alone, in ms, while every look-up is followed by a change. */
function rankInMemory(players: readonly string[]): number {
  const index = createRankIndex();
  const standing = () => ({
    score: Math.floor(Math.random() * 10_000_000),
    subscore: 0,
    reachedAt: 1n,
    partition: 0,
    position: 1n,
    eventId: '',
  });
  const any = () => players[Math.floor(Math.random() * players.length)] as PlayerId;
  for (const playerId of players) index.apply(playerId as PlayerId, 1n, standing());
  const histogram = createHistogram();
  for (let version = 2n; version < 20_002n; version += 1n) {
    const playerId = any();
    const startedAt = performance.now();
    index.rankOf(playerId);
    histogram.record(Math.max(1, Math.round((performance.now() - startedAt) * 1e6)));
    index.apply(any(), version, standing());
  }
  return histogram.percentile(99) / 1e6;
}

/** The exact rank of any of a million entries, read over HTTP while 1,000 scores a second are submitted to the same season. */
export const rankQuery: Benchmark = {
  name: 'rank-query',
  measures: [
    { name: 'rank-query-p99', unit: 'ms', better: 'lower', floor: { value: 5 } },
    { name: 'rank-query-p50', unit: 'ms', better: 'lower', floor: null },
    { name: 'rank-in-memory-p99', unit: 'ms', better: 'lower', floor: null },
    { name: 'rank-query-writes', unit: 'submissions/s', better: 'higher', floor: null },
    { name: 'rank-query-submission-p99', unit: 'ms', better: 'lower', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const players = await fill(database, surroundings);
    const inMemory = rankInMemory(players);
    const server = await startMeasuredServer(database);
    const load = startChild(new URL('./http.child.ts', import.meta.url));
    const ask = <Answer>(question: HttpQuestion) => load.ask<Answer>(question);
    await openSeason(server, season);
    await ask({ kind: 'players', url: server.url, connections: 40, count: writers });
    return {
      async sandai() {
        const { writes, reads } = await ask<RanksAnswer>({
          kind: 'ranks',
          url: server.url,
          connections: 40,
          season,
          writesPerSecond: 1_000,
          readsPerSecond: 200,
          around: players.slice(0, asked),
          warmUpMs: 3_000,
          durationMs: 10_000,
        });
        return {
          'rank-query-p99': reads.p99Ms,
          'rank-query-p50': reads.p50Ms,
          'rank-in-memory-p99': inMemory,
          'rank-query-writes': writes.perSecond,
          'rank-query-submission-p99': writes.p99Ms,
        };
      },
      peer: null,
      async close() {
        await load.stop();
        await server.stop();
        await surroundings.release(database);
      },
    };
  },
};
