import type { Benchmark, Measure } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { openSeason, startMeasuredServer } from '../harness/sandai-server.ts';
import type { EndpointsAnswer, EndpointsQuestion } from './endpoints.child.ts';
import { operations, season } from './endpoints.operations.ts';

const players = 500;
const perSecond = 500;
const times = { warmUpMs: 5_000, durationMs: 30_000 };
const percentiles = ['p95', 'p99'] as const;
const nameOf = (endpoint: string, percentile: string) => `endpoints ${endpoint} ${percentile}`;

const latency = (name: string): Measure => ({ name, unit: 'ms', better: 'lower', floor: null });

/** Times of the endpoints under what 500 players do at once, each an action a second on a connection of their own. */
export const endpoints: Benchmark = {
  name: 'endpoints',
  rounds: 1,
  measures: [
    { name: 'endpoints requests', unit: 'requests/s', better: 'higher', floor: null },
    ...operations.flatMap(({ name }) => percentiles.map((percentile) => latency(nameOf(name, percentile)))),
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const server = await startMeasuredServer(database);
    const load = startChild(new URL('./endpoints.child.ts', import.meta.url));
    await openSeason(server, season);
    const tokens = {
      admin: await server.cli('token', '--role', 'admin'),
      ops: await server.cli('token', '--role', 'ops'),
    };
    return {
      async sandai() {
        const question: EndpointsQuestion = { url: server.url, players, perSecond, ...times, tokens };
        const { perSecond: reached, byName } = await load.ask<EndpointsAnswer>(question);
        return Object.fromEntries([
          ['endpoints requests', reached],
          ...Object.entries(byName)
            .filter(([, { count }]) => count > 0)
            .flatMap(([name, { p95Ms, p99Ms }]) => [
              [nameOf(name, 'p95'), p95Ms],
              [nameOf(name, 'p99'), p99Ms],
            ]),
        ]);
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
