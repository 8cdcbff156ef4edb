import type { Benchmark } from '../benchmark.ts';
import { analytics } from './analytics.ts';
import { analyticsReads } from './analytics-reads.ts';
import { appendBenchmark } from './append.ts';
import { endpoints } from './endpoints.ts';
import { growth } from './growth.ts';
import { hotStream } from './hot-stream.ts';
import { http } from './http.ts';
import { longRun } from './long-run.ts';
import { matchmaking } from './matchmaking.ts';
import { neighbours } from './neighbours.ts';
import { pspFlood, purchaseFlow } from './purchases.ts';
import { rankQuery } from './rank-query.ts';
import { rebuild } from './rebuild.ts';
import { rebuildBesideLive } from './rebuild-beside-live.ts';
import { replay } from './replay.ts';
import { streamRead } from './stream-read.ts';
import { webhookFlood } from './webhook-flood.ts';

/** Every benchmark, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  appendBenchmark(1, null),
  appendBenchmark(64, { timesPeer: 7 }),
  appendBenchmark(1_024, { timesPeer: 13 }),
  hotStream,
  neighbours,
  streamRead,
  rebuild,
  rebuildBesideLive,
  replay,
  rankQuery,
  matchmaking,
  http,
  endpoints,
  analytics,
  purchaseFlow,
  pspFlood,
  webhookFlood,
  analyticsReads,
  growth,
  longRun,
];
