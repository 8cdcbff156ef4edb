import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Exposures, SandaiProvider, serverExposures, serverSource } from '../../src/openfeature/index.ts';
import { type TestCluster, type TestNode, testCluster, until } from '../http/support.ts';

let cluster: TestCluster;
let node: TestNode;
let admin: string;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({ settings: { 'remoteConfig.builtIn': '{"music":true}' } });
  admin = cluster.operator('admin');
});
afterAll(async () => {
  await OpenFeature.clearProviders();
  await cluster.stop();
});

const asAdmin = (path: string, method: string, body: object, headers = {}) =>
  node.call(path, { method, token: admin, body, headers });
const set = (version: number, values: object) =>
  asAdmin('/v1/config/new-shop/treated', 'PUT', { values }, { 'if-match': `"${version}"` });

test('a service resolves flags of players over the façade, and is told of a change', async () => {
  const player = await node.signIn();
  const cohorts = [{ cohort: 'treated', share: 10_000 }];
  const targeting = { attribute: 'platform', operator: 'in', value: ['ios'] };
  await asAdmin('/v1/experiments/new-shop', 'PUT', { cohorts, control: 'treated', targeting });
  await asAdmin('/v1/experiments/new-shop/start', 'POST', {});
  await set(0, { shop_preview: true, price: 5 });

  const token = await cluster.serviceKey(['players:read']);
  const source = serverSource({ url: node.url, token });
  await OpenFeature.setProviderAndWait('façade', new SandaiProvider({ source, pollMs: 50 }));
  const client = OpenFeature.getClient('façade');
  const context = { targetingKey: player.id, platform: 'ios' };
  expect(await client.getBooleanDetails('shop_preview', false, context)).toMatchObject({
    value: true,
    variant: 'treated',
    reason: 'SPLIT',
  });
  expect(await client.getBooleanDetails('music', false, context)).toMatchObject({ value: true, reason: 'DEFAULT' });
  const android = await client.getBooleanDetails('shop_preview', false, { ...context, platform: 'android' });
  expect(android).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' });
  const nobody = { targetingKey: '00000000-0000-4000-8000-000000000000' };
  expect(await client.getBooleanDetails('music', false, nobody)).toMatchObject({ errorCode: 'INVALID_CONTEXT' });

  const changes: unknown[] = [];
  client.addHandler(ProviderEvents.ConfigurationChanged, (details) => void changes.push(details));
  await set(1, { shop_preview: false, price: 5 });
  await until(
    async () => changes.length,
    (count) => count > 0,
  );
  expect(await client.getBooleanValue('shop_preview', true, context)).toBe(false);
  expect(await cluster.db.query(`select 1 from events where type = 'ExperimentExposed'`)).toEqual([]);
});

test('players of all cohorts are exposed once, where a service shows them what an experiment changes', async () => {
  const cohorts = [
    { cohort: 'plain', share: 5_000 },
    { cohort: 'fancy', share: 5_000 },
  ];
  await asAdmin('/v1/experiments/menu', 'PUT', { cohorts, control: 'plain' });
  await asAdmin('/v1/config/menu/fancy', 'PUT', { values: { fancy_menu: true } }, { 'if-match': '"0"' });
  await asAdmin('/v1/config/global/default', 'PUT', { values: { fancy_menu: false } }, { 'if-match': '"0"' });
  const started = await asAdmin('/v1/experiments/menu/start', 'POST', {});
  const players = await Promise.all(Array.from({ length: 12 }, () => node.signIn()));
  const after = { 'sandai-wait-for': started.headers.get('sandai-position')! };
  await node.call('/v1/config', { token: players[0]!.token, headers: after });

  const errors: unknown[] = [];
  const writer = await cluster.serviceKey(['exposures:write']);
  const record = serverExposures({ url: node.url, token: writer });
  const exposures = new Exposures({ record, onError: (error) => errors.push(error) });
  const reader = await cluster.serviceKey(['players:read']);
  const source = serverSource({ url: node.url, token: reader });
  await OpenFeature.setProviderAndWait('menu', new SandaiProvider({ source, pollMs: 0, exposures }));
  const client = OpenFeature.getClient('menu').addHooks(exposures.hook);
  const isFancy = new Map<string, boolean>();
  for (const _ of [1, 2])
    for (const { id } of players)
      isFancy.set(id, await client.getBooleanValue('fancy_menu', false, { targetingKey: id }));
  await exposures.settled();
  expect(errors).toEqual([]);
  const found = await cluster.db.query(`select data from events where type = 'ExperimentExposed'`);
  const shown = found.map(({ data }) => data as { experiment: string; playerId: string; cohort: string });
  expect(shown.every(({ experiment }) => experiment === 'menu')).toBe(true);
  const expected = players.map(({ id }) => [id, isFancy.get(id) ? 'fancy' : 'plain'] as const);
  expect(shown).toHaveLength(players.length);
  expect(new Map(shown.map(({ playerId, cohort }) => [playerId, cohort]))).toEqual(new Map(expected));
});

test('a player resolves flags for themselves', async () => {
  const { token } = await node.signIn();
  const source = serverSource({ url: node.url, token });
  await OpenFeature.setProviderAndWait('player', new SandaiProvider({ source, pollMs: 0 }));
  expect(await OpenFeature.getClient('player').getBooleanValue('music', false)).toBe(true);
});

test('a key that does not count makes a provider that is not ready', async () => {
  const source = serverSource({ url: node.url, token: 'sk_wrong' });
  const provider = new SandaiProvider({ source, pollMs: 0 });
  await expect(OpenFeature.setProviderAndWait('wrong-key', provider)).rejects.toThrow(/401/);
  expect(OpenFeature.getClient('wrong-key').providerStatus).toBe('FATAL');
});

test('sandai/openfeature is what a package imports', () => {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, ['scripts/build-client.mjs', 'openfeature'], { cwd, stdio: 'inherit' });
  const program = `
    import { OpenFeature } from '@openfeature/server-sdk';
    import { SandaiProvider } from 'sandai/openfeature';
    const from = { source: 'built_in', experiment_id: null, cohort: null, version: null };
    const source = () => ({ values: { on: true }, sources: { on: from }, revision: '1' });
    await OpenFeature.setProviderAndWait(new SandaiProvider({ source }));
    console.log(await OpenFeature.getClient().getBooleanValue('on', false));`;
  const args = ['--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })).toBe('true\n');
});
