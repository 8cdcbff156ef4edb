import type { Benchmark } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import type { Load } from '../harness/load.ts';
import { openSeason, startMeasuredServer } from '../harness/sandai-server.ts';
import type { HttpQuestion } from './http.child.ts';

const season = 'bench-long';
const commands = 2_000_000;
const players = 10_000;
const sliceMs = 10_000;

/** 2,000,000 score submissions to one server, and what its memory does meanwhile: the most of the last fifth against the most of the second,
 *  because the first still fills caches of a fixed size. */
export const longRun: Benchmark = {
  name: 'long-run',
  long: true,
  rounds: 1,
  measures: [
    { name: 'long-run-memory-growth', unit: 'ratio', better: 'lower', floor: { value: 1.1 } },
    { name: 'long-run-memory', unit: 'MiB', better: 'lower', floor: null },
    { name: 'long-run-rate', unit: 'submissions/s', better: 'higher', floor: null },
    { name: 'long-run-rate-kept', unit: 'last fifth ÷ first', better: 'higher', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const server = await startMeasuredServer(database);
    const load = startChild(new URL('./http.child.ts', import.meta.url));
    const question = { url: server.url, connections: 256, warmUpMs: 0, durationMs: sliceMs };
    await openSeason(server, season);
    await load.ask({ ...question, kind: 'players', count: players } satisfies HttpQuestion);
    return {
      async sandai() {
        const samples: { done: number; perSecond: number; bytes: number }[] = [];
        for (let done = 0; done < commands; ) {
          const { count, perSecond } = await load.ask<Load>({ ...question, kind: 'scores', season });
          done += count;
          samples.push({ done, perSecond, bytes: await server.residentBytes() });
          surroundings.tell(
            `${done} commands, ${Math.round(perSecond)}/s, ${Math.round(samples.at(-1)!.bytes / 2 ** 20)} MiB`,
          );
        }
        const fifth = (number: number) =>
          samples.filter(({ done }) => done > (commands * (number - 1)) / 5 && done <= (commands * number) / 5);
        const most = (number: number) => Math.max(...fifth(number).map(({ bytes }) => bytes));
        const rate = (slices: readonly { perSecond: number }[]) =>
          slices.reduce((sum, { perSecond }) => sum + perSecond, 0) / slices.length;
        return {
          'long-run-memory-growth': most(5) / most(2),
          'long-run-memory': most(5) / 2 ** 20,
          'long-run-rate': rate(samples),
          'long-run-rate-kept': rate(fifth(5)) / rate(fifth(1)),
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
