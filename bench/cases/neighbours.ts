import { randomUUID } from 'node:crypto';
import type { Benchmark } from '../benchmark.ts';
import { type Child, startChild } from '../harness/child.ts';
import type { NeighbourAnswer, NeighbourQuestion } from './neighbours.child.ts';

const processes = 8;
const times = { warmUpMs: 1_500, durationMs: 4_000 };

async function askAll(children: readonly Child[], question: NeighbourQuestion) {
  const answers = await Promise.all(children.map((child) => child.ask<NeighbourAnswer>(question)));
  const sum = (of: (answer: NeighbourAnswer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  return { neighbours: sum((answer) => answer.neighbours), hot: sum((answer) => answer.hot) };
}

/** 8 processes, each with 16 callers on streams of their own, with and without one more that all 8 have on the same stream. */
export const neighbours: Benchmark = {
  name: 'neighbours-of-hot-stream',
  measures: [
    { name: 'neighbours-of-hot-stream', unit: 'share kept', better: 'higher', floor: { value: 0.5 } },
    { name: 'neighbours-alone', unit: 'appends/s', better: 'higher', floor: null },
    { name: 'neighbours-beside-hot', unit: 'appends/s', better: 'higher', floor: null },
    { name: 'neighbours-hot-stream', unit: 'appends/s', better: 'higher', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const module = new URL('./neighbours.child.ts', import.meta.url);
    const children = Array.from({ length: processes }, () => startChild(module));
    const question = { url: database.appUrl, neighbours: 16, ...times };
    return {
      async sandai() {
        const alone = await askAll(children, { ...question, hotStream: null });
        const beside = await askAll(children, { ...question, hotStream: `hot-default_${randomUUID()}` });
        return {
          'neighbours-of-hot-stream': beside.neighbours / alone.neighbours,
          'neighbours-alone': alone.neighbours,
          'neighbours-beside-hot': beside.neighbours,
          'neighbours-hot-stream': beside.hot,
        };
      },
      peer: null,
      async close() {
        await Promise.all(children.map((child) => child.stop()));
        await surroundings.release(database);
      },
    };
  },
};
