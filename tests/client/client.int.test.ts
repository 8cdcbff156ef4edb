import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientTypes } from '../../scripts/client-types.ts';
import { createClient, type Session } from '../../src/client/index.ts';
import { newDevice, type TestCluster, type TestNode, testCluster } from '../http/support.ts';
import { type Mode, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

let cluster: TestCluster;
let node: TestNode;
let proxy: TcpProxy;
let late = 0;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({ now: () => Date.now() + late });
  proxy = await startTcpProxy(node.url);
  execFileSync(process.execPath, ['scripts/build-client.mjs', 'client'], { cwd: root, stdio: 'inherit' });
});
afterAll(async () => {
  await proxy.close();
  await cluster.stop();
});

const eventsOf = async (type: string): Promise<Record<string, unknown>[]> =>
  cluster.db.query('select stream_id, data from events where type = $1', [type]);

test('src/client/openapi.ts is what the document says (npm run client)', async () => {
  const { body } = await node.call('/openapi.json');
  expect(text('src/client/openapi.ts')).toBe(await clientTypes(body));
});

describe('over connections that are cut', () => {
  const modes: Mode[] = ['pass', 'cut before', 'cut after', 'cut within'];

  test('no score is lost, and none counts twice', async () => {
    await node.openSeason(cluster.operator(), 'cut-sums', { operator: 'sum' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...modes), { minLength: 4, maxLength: 9 }), async (plan) => {
        const left = [...plan];
        proxy.follow({ choose: () => left.shift() ?? 'pass' });
        const client = createClient({ url: proxy.url });
        await client.post('/v1/auth/device', { body: { device_id: newDevice() } });
        await Promise.all(
          [1, 2, 4, 8, 16].map((score) =>
            client.post('/v1/leaderboards/{season}/score', { path: { season: 'cut-sums' }, body: { score } }),
          ),
        );
        const { progression } = await client.get('/v1/profile', { waitFor: client.position });
        expect(progression.ranks.map(({ score }) => score)).toEqual([31]);
      }),
      { numRuns: 8, seed: 20_261_121 },
    );
    expect(proxy.cuts()).toBeGreaterThan(15);
  });

  test('a refresh whose answer is lost goes on with the same tokens, also in the next client', async () => {
    proxy.follow({});
    const saved: (Session | null)[] = [];
    const first = createClient({ url: proxy.url, onSession: (each) => saved.push(each) });
    await first.post('/v1/auth/device', { body: { device_id: newDevice() } });
    const session = { ...saved.at(-1)!, expiresAt: 0 };
    proxy.follow({ choose: () => 'cut after' });
    const cut = createClient({ url: proxy.url, session, deadlineMs: 0 });
    await expect(cut.get('/v1/profile')).rejects.toMatchObject({ name: 'SandaiUnreachable' });
    proxy.follow({});
    const second = createClient({ url: proxy.url, session });
    expect((await second.get('/v1/profile')).player.player_id).toBe(session.playerId);
    expect(second.session?.refreshToken).not.toBe(session.refreshToken);
  });
});

test('a session that expired is refreshed once for twenty calls', async () => {
  const saved: (Session | null)[] = [];
  const client = createClient({ url: node.url, onSession: (each) => saved.push(each) });
  await client.post('/v1/auth/device', { body: { device_id: newDevice() } });
  const before = (await eventsOf('SessionRefreshed')).length;
  late = 3 * 3_600_000;
  try {
    const profiles = await Promise.all(Array.from({ length: 20 }, () => client.get('/v1/profile')));
    expect(new Set(profiles.map(({ player }) => player.player_id)).size).toBe(1);
  } finally {
    late = 0;
  }
  expect((await eventsOf('SessionRefreshed')).length - before).toBe(1);
  expect(saved).toHaveLength(2);
});

test('pages of a list come one after another', async () => {
  const admin = createClient({ url: node.url, token: cluster.operator() });
  const names = Array.from({ length: 7 }, (_, n) => `of-pages-${n}`);
  for (const season of names) await admin.post('/v1/seasons', { body: { season, operator: 'best' } });
  const found: string[] = [];
  for await (const { season } of admin.pages('/v1/seasons', { query: { limit: 2 }, waitFor: admin.position }))
    found.push(season);
  expect(found.filter((season) => season.startsWith('of-pages-'))).toEqual(names);
});

test('a write that takes If-Match goes on from the version that was read, and from no other', async () => {
  const admin = createClient({ url: node.url, token: cluster.operator() });
  const place = { path: { experiment_id: 'global', cohort: 'default' } };
  const set = (ifMatch: number, lives: number) =>
    admin.put('/v1/config/{experiment_id}/{cohort}', { ...place, ifMatch, body: { values: { lives } } });
  const { version } = await set(0, 3);
  await expect(set(0, 4)).rejects.toMatchObject({ status: 412 });
  expect(await set(version, 5)).toMatchObject({ version: version + 1, values: { lives: 5 } });
});

describe('sandai/client', () => {
  test('needs nothing of Node, and is small', () => {
    const sources = ['errors', 'index', 'retry', 'session'].map((name) => text(`dist/client/${name}.js`)).join('\n');
    expect(sources.match(/from '(?!\.\/)[^']+'|\bprocess\.|\bBuffer\b|\brequire\(/g)).toBeNull();
    expect(sources.length).toBeLessThan(16_384);
  });

  test('does what README.md shows', async () => {
    const [, snippet = ''] = /```ts\n(import .*?sandai\/client.*?)```/s.exec(text('README.md')) ?? [];
    await node.openSeason(cluster.operator(), 'spring');
    const file = new URL('dist/readme-client.mjs', root);
    writeFileSync(file, snippet.replaceAll('http://127.0.0.1:8080', node.url));
    const { stdout, stderr } = await run(file.pathname);
    expect(stderr).toBe('');
    expect(stdout).toBe('rank 1\n1. Ada 1200\n');
  });
});

/** In a process of its own, beside which this one goes on: the server is in it. */
function run(file: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file], (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}
