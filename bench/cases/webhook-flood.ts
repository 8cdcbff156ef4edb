import type { Benchmark, Measure } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { startMeasuredServer } from '../harness/sandai-server.ts';
import type { FloodAnswer, FloodQuestion } from './webhook-flood.child.ts';

const normalPerSecond = 100;
const times = { warmUpMs: 2_000, durationMs: 10_000 };
const secret = 'benchmark-secret-0001';

const none = (name: string): Measure => ({ name, unit: 'updates', better: 'lower', floor: { value: 1 } });
const ms = (name: string): Measure => ({ name, unit: 'ms', better: 'lower', floor: null });

/** Updates of a Telegram bot at five times their normal rate, until each has its answer. */
export const webhookFlood: Benchmark = {
  name: 'webhook-flood',
  rounds: 1,
  measures: [
    { name: 'webhook-flood', unit: 'updates/s', better: 'higher', floor: { value: 4.9 * normalPerSecond } },
    ms('webhook-flood-p99'),
    none('webhook-flood-lost'),
    none('webhook-flood-doubled'),
    ms('webhook-flood-last-answer-after'),
    { name: 'webhook-flood-server-cpu', unit: 'ms/update', better: 'lower', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const load = startChild(new URL('./webhook-flood.child.ts', import.meta.url));
    const ask = <Answer>(question: FloodQuestion) => load.ask<Answer>(question);
    const botApi = await ask<string>({ kind: 'listen' });
    const server = await startMeasuredServer(database, [], {
      flags: [`--bots.telegramUrl=${botApi}`],
      env: { SANDAI_TELEGRAM_BOTS: `default:${secret}:123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAA` },
    });
    return {
      async sandai() {
        const { url } = server;
        const rate = { perSecond: 5 * normalPerSecond, people: 5_000 };
        const before = await server.cpuSeconds();
        const found = await ask<FloodAnswer>({ kind: 'flood', url, secret, ...rate, ...times });
        surroundings.tell(`webhook-flood: ${found.updates} updates, every fifth one twice`);
        return {
          'webhook-flood': found.perSecond,
          'webhook-flood-p99': found.webhook.p99Ms,
          'webhook-flood-lost': found.lost,
          'webhook-flood-doubled': found.doubled,
          'webhook-flood-last-answer-after': found.drainMs,
          'webhook-flood-server-cpu': (((await server.cpuSeconds()) - before) / found.updates) * 1_000,
        };
      },
      peer: null,
      async close() {
        await server.stop();
        await load.stop();
        await surroundings.release(database);
      },
    };
  },
};
