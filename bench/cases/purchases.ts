import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandaiProcess } from '../../demo/sandai-process.ts';
import type { Benchmark, Measure, Surroundings } from '../benchmark.ts';
import { type Child, startChild } from '../harness/child.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/sandai-server.ts';
import { type BenchDatabase, withClient } from '../harness/server.ts';
import type { BuyAnswer, FloodAnswer, PurchasesQuestion } from './purchases.child.ts';

const players = 500;
const product = 'bench-gems';
const connections = 64;
const times = { warmUpMs: 2_000, durationMs: 10_000 };
const normalPerSecond = 100;

const none = (name: string, unit: string): Measure => ({ name, unit, better: 'lower', floor: { value: 1 } });
const ms = (name: string, unit = 'ms'): Measure => ({ name, unit, better: 'lower', floor: null });

async function putOnSale({ url, cli }: SandaiProcess): Promise<void> {
  const response = await fetch(`${url}/v1/products/${product}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await cli('token', '--role', 'admin')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      name: 'Gems',
      price: { amount: 499, currency: 'EUR' },
      grants: { currencies: [{ currency: 'gems', amount: 500 }] },
    }),
  });
  if (!response.ok) throw new Error(`the product was answered ${response.status}: ${await response.text()}`);
}

/** What the ledgers hold for one kind of cause. @property things purchases that have an entry; @property entries all of them */
const ledger = ({ ownerUrl }: BenchDatabase, cause: 'purchase' | 'chargeback') =>
  withClient(ownerUrl, async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as entries, count(distinct data -> 'cause' ->> 'ref')::int as things from events
       where type = 'LedgerEntryPosted' and data -> 'cause' ->> 'kind' = $1`,
      [cause],
    );
    return rows[0] as { readonly entries: number; readonly things: number };
  });

/** Waits until read models have taken the whole log, so that what is measured next does not pay for what came before. */
const rest = ({ ownerUrl }: BenchDatabase) =>
  withClient(ownerUrl, async (client) => {
    const behind = async () => {
      const { rowCount } = await client.query(
        `select 1 from projection_generations g cross join log_partitions p
         left join processor_checkpoints c on c.partition = p.partition
           and c.processor = g.projection || '#g' || g.generation::text
         where g.status = 'live' and coalesce(c.position, 0) < p.position limit 1`,
      );
      return rowCount !== 0;
    };
    while (await behind()) await sleep(100);
  });

type Shop = {
  readonly server: MeasuredServer;
  readonly database: BenchDatabase;
  readonly ask: <Answer>(question: DistributiveOmit<PurchasesQuestion, 'url' | 'connections'>) => Promise<Answer>;
  readonly secret: string;
  readonly storeKey: string;
  close(): Promise<void>;
};
type DistributiveOmit<T, Key extends string> = T extends unknown ? Omit<T, Key> : never;

/** A server with a product on sale, and players. */
async function openShop(surroundings: Surroundings): Promise<Shop> {
  const [secret, storeKey] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const database = await surroundings.database();
  const load: Child = startChild(new URL('./purchases.child.ts', import.meta.url));
  const server = await startMeasuredServer(database, [], {
    env: { SANDAI_TEST_STORE_KEY: storeKey, SANDAI_PSP_SECRETS: `default:${secret}` },
  });
  const ask: Shop['ask'] = (question) => load.ask({ url: server.url, connections, ...question });
  await putOnSale(server);
  await ask({ kind: 'players', count: players });
  const close = async () => {
    await server.stop();
    await load.stop();
    await surroundings.release(database);
  };
  return { server, database, ask, secret, storeKey, close };
}

/** Players look at what is on sale, buy, and look at what they have. */
export const purchaseFlow: Benchmark = {
  name: 'purchase-flow',
  measures: [
    { name: 'purchase-flow', unit: 'purchases/s', better: 'higher', floor: null },
    ms('purchase-flow-p99'),
    none('purchase-flow-lost', 'purchases'),
    none('purchase-flow-doubled', 'purchases'),
    ms('purchase-flow-server-cpu', 'ms/purchase'),
  ],
  async prepare(surroundings) {
    const { server, database, ask, storeKey, close } = await openShop(surroundings);
    return {
      async sandai() {
        const [before, cpuBefore] = [await ledger(database, 'purchase'), await server.cpuSeconds()];
        const { load, purchases } = await ask<BuyAnswer>({ kind: 'buy', product, storeKey, ...times });
        const [after, cpu] = [await ledger(database, 'purchase'), (await server.cpuSeconds()) - cpuBefore];
        return {
          'purchase-flow': load.perSecond,
          'purchase-flow-p99': load.p99Ms,
          'purchase-flow-lost': Math.max(0, purchases - (after.things - before.things)),
          'purchase-flow-doubled': after.entries - after.things,
          'purchase-flow-server-cpu': (cpu / purchases) * 1_000,
        };
      },
      peer: null,
      close,
    };
  },
};

/** A payment service provider takes payments back at five times the normal rate of its events. */
export const pspFlood: Benchmark = {
  name: 'psp-flood',
  rounds: 1,
  measures: [
    { name: 'psp-flood', unit: 'events/s', better: 'higher', floor: { value: 4.9 * normalPerSecond } },
    ms('psp-flood-p99'),
    none('psp-flood-lost', 'events'),
    none('psp-flood-doubled', 'events'),
    ms('psp-flood-server-cpu', 'ms/event'),
  ],
  async prepare(surroundings) {
    const { server, database, ask, secret, storeKey, close } = await openShop(surroundings);
    const perSecond = 5 * normalPerSecond;
    return {
      async sandai() {
        const count = (perSecond * (times.warmUpMs + times.durationMs)) / 1000 + connections;
        await ask({ kind: 'pay', product, storeKey, count });
        await rest(database);
        const [before, cpuBefore] = [await ledger(database, 'chargeback'), await server.cpuSeconds()];
        const found = await ask<FloodAnswer>({ kind: 'flood', secret, perSecond, ...times });
        const [after, cpu] = [await ledger(database, 'chargeback'), (await server.cpuSeconds()) - cpuBefore];
        surroundings.tell(`psp-flood: ${found.events} events, every fifth one twice`);
        return {
          'psp-flood': found.perSecond,
          'psp-flood-p99': found.webhook.p99Ms,
          'psp-flood-lost': Math.max(0, found.events - (after.things - before.things)),
          'psp-flood-doubled': after.entries - after.things,
          'psp-flood-server-cpu': (cpu / found.events) * 1_000,
        };
      },
      peer: null,
      close,
    };
  },
};
