import type { Benchmark, Measure } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import type { Load } from '../harness/load.ts';
import { startNothing } from '../harness/nothing-server.ts';
import { openSeason, startMeasuredServer } from '../harness/sandai-server.ts';
import type { HttpQuestion } from './http.child.ts';

const players = 10_000;
const season = 'bench-http';
const times = { warmUpMs: 2_000, durationMs: 6_000 };
const generator = new URL('./http.child.ts', import.meta.url);

const perSecond = (name: string, unit: string, value: number | null): Measure => ({
  name,
  unit,
  better: 'higher',
  floor: value === null ? null : { value },
});
const p99 = (name: string): Measure => ({ name, unit: 'ms', better: 'lower', floor: null });

/** Scores and first sign-ins over HTTP: server, load generator and database are processes of their own on one machine. */
export const http: Benchmark = {
  name: 'http',
  measures: [
    perSecond('http-score-64', 'submissions/s', null),
    p99('http-score-64-p99'),
    perSecond('http-score-256', 'submissions/s', 10_000),
    p99('http-score-256-p99'),
    perSecond('http-first-sign-in-256', 'sign-ins/s', 5_000),
    p99('http-first-sign-in-256-p99'),
    { name: 'http-server-memory', unit: 'MiB', better: 'lower', floor: null },
    perSecond('http-generator-ceiling-256', 'requests/s', null),
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const server = await startMeasuredServer(database);
    const load = startChild(generator);
    const ask = <Answer>(question: Partial<HttpQuestion> & Pick<HttpQuestion, 'kind' | 'connections'>) =>
      load.ask<Answer>({ url: server.url, ...times, ...question });
    await openSeason(server, season);
    await ask({ kind: 'players', connections: 64, count: players });
    const nothing = await startNothing();
    const ceiling = await ask<Load>({ kind: 'ceiling', connections: 256, url: nothing.url });
    await nothing.stop();
    return {
      async sandai() {
        const at64 = await ask<Load>({ kind: 'scores', connections: 64, season });
        const at256 = await ask<Load>({ kind: 'scores', connections: 256, season });
        const signIns = await ask<Load>({ kind: 'sign-in', connections: 256 });
        return {
          'http-score-64': at64.perSecond,
          'http-score-64-p99': at64.p99Ms,
          'http-score-256': at256.perSecond,
          'http-score-256-p99': at256.p99Ms,
          'http-first-sign-in-256': signIns.perSecond,
          'http-first-sign-in-256-p99': signIns.p99Ms,
          'http-server-memory': (await server.residentBytes()) / 2 ** 20,
          'http-generator-ceiling-256': ceiling.perSecond,
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
