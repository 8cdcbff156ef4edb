import { type Client, OpenFeature, type Provider } from '@openfeature/server-sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TargetingRule } from '../../src/events/targeting.ts';
import {
  Exposures,
  SandaiProvider,
  serverDefinitions,
  serverExposures,
  serverSource,
} from '../../src/openfeature/index.ts';
import { type TestCluster, type TestNode, testCluster } from '../http/support.ts';

let cluster: TestCluster;
let node: TestNode;
let admin: string;
let token: string;
const players: string[] = [];

beforeAll(async () => {
  cluster = await testCluster();
  const settings = { 'remoteConfig.builtIn': '{"music":true,"price":1,"__proto__":"mine"}' };
  node = await cluster.node({ settings });
  admin = cluster.operator('admin');
  token = await cluster.serviceKey(['players:read']);
  for (let number = 0; number < 8; number += 1) players.push((await node.signIn()).id);
  const body = { entitlements: [{ tier: 'gold' }] };
  for (const id of players.slice(0, 3))
    await node.call(`/v1/players/${id}/entitlements`, { method: 'PUT', token: admin, body });
});
afterAll(async () => {
  await OpenFeature.clearProviders();
  await cluster.stop();
});

let domains = 0;
async function clientOf(provider: Provider): Promise<Client> {
  const domain = `local-façade-${++domains}`;
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}
/** A source that counts how often it is asked. */
function countingSource() {
  const source = serverSource({ url: node.url, token });
  const asked: string[] = [];
  return {
    asked,
    source: (asker: Parameters<typeof source>[0]) => {
      asked.push(asker.player ?? '');
      return source(asker);
    },
  };
}
const definitions = () => serverDefinitions({ url: node.url, token });

/** Changes something, and waits until the node has it in memory. */
async function change(path: string, method: string, body: object, headers = {}) {
  const { status, text, headers: answered } = await node.call(path, { method, token: admin, body, headers });
  expect([path, status, text]).toEqual([path, 200, text]);
  const position = answered.get('sandai-position');
  if (position !== null) await node.call('/v1/config', { token: admin, headers: { 'sandai-wait-for': position } });
}

const names = ['music', 'price', 'shop', 'banner', '__proto__', 'nobody-sets-it'];
const value = fc.oneof(
  fc.boolean(),
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom('a', 'b'),
  fc.constant({ a: [1] }),
);
const values = fc
  .array(fc.tuple(fc.constantFrom(...names.slice(0, 4)), value), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));
const conditions: TargetingRule[] = [
  { attribute: 'platform', operator: 'in', value: ['ios', 'Android'] },
  { attribute: 'app_version', operator: 'at_least', value: '2.1.0-beta' },
  { attribute: 'tier', operator: 'in', value: ['gold'] },
  { attribute: 'account_age_days', operator: 'below', value: 1 },
];
const condition = fc.constantFrom(...conditions);
const rule: fc.Arbitrary<TargetingRule> = fc.oneof(
  condition,
  condition.map((not) => ({ not })),
  fc.tuple(condition, condition).map((all) => ({ all })),
  fc.tuple(condition, condition).map((any) => ({ any })),
);
const experiment = fc.record({
  first: fc.integer({ min: 1, max: 9_999 }),
  targeting: fc.option(rule),
  ramp: fc.constantFrom(0, 5_000, 10_000, 10_000),
  isInLayer: fc.boolean(),
  starts_at: fc.constantFrom(null, '2020-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'),
  ends_at: fc.constantFrom(null, null, '3000-01-01T00:00:00.000Z'),
  variants: fc.tuple(fc.option(values), fc.option(values)),
});
type AskedExperiment = typeof experiment extends fc.Arbitrary<infer Asked> ? Asked : never;
const context = fc.record(
  {
    targetingKey: fc.oneof(
      { weight: 8, arbitrary: fc.nat(7).map((number) => () => players[number]!) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', 'ann', '00000000-0000-0000-0000-000000000000').map((id) => () => id),
      },
    ),
    platform: fc.constantFrom('ios', 'ANDROID', 'web', '', 'no platform', 7),
    app_version: fc.constantFrom('2.1', '2.1.0-alpha', '2.1.0-rc.1+5', '10', 'v2'),
    country: fc.constantFrom('DE', 'Österreich'),
    language: fc.constantFrom('de', 'de_AT', 'de/AT'),
  },
  { requiredKeys: [] },
);

let worlds = 0;
/** Sets what counts for everybody, and starts experiments. @returns what stops them */
async function make(global: object, experiments: readonly AskedExperiment[]) {
  const world = ++worlds;
  await change('/v1/config/global/default', 'PUT', { values: global }, { 'if-match': `"${world - 1}"` });
  await change(`/v1/experiment-layers/layer-${world}`, 'PUT', { holdout: 500 });
  for (const [index, { first, isInLayer, variants, ...rest }] of experiments.entries()) {
    const id = `experiment-${world}-${index}`;
    const cohorts = [
      { cohort: 'control', share: first },
      { cohort: 'treated', share: 10_000 - first },
    ];
    const layer = isInLayer ? { layer: `layer-${world}`, from: index * 4_000, to: (index + 1) * 4_000 } : null;
    await change(`/v1/experiments/${id}`, 'PUT', { ...rest, cohorts, control: 'control', layer });
    for (const [at, cohort] of ['control', 'treated'].entries())
      if (variants[at] !== null)
        await change(`/v1/config/${id}/${cohort}`, 'PUT', { values: variants[at] }, { 'if-match': '"0"' });
    await change(`/v1/experiments/${id}/start`, 'POST', {});
  }
  return async () => {
    for (const index of experiments.keys())
      await change(`/v1/experiments/experiment-${world}-${index}/stop`, 'POST', {});
  };
}

/** What a client is told of every flag, asked for as every type. */
async function allDetails(client: Client, of: Record<string, unknown>) {
  const details = [];
  for (const name of names)
    for (const found of [
      await client.getBooleanDetails(name, false, of as never),
      await client.getStringDetails(name, 'default', of as never),
      await client.getNumberDetails(name, -1, of as never),
      await client.getObjectDetails(name, {}, of as never),
    ])
      details.push({ ...found, errorMessage: undefined });
  return details;
}

test('what is evaluated in process is what the façade answers, for whatever is defined and whoever it is for', async () => {
  const seen = new Set<string | undefined>();
  await fc.assert(
    fc.asyncProperty(
      values,
      fc.array(experiment, { minLength: 1, maxLength: 2 }),
      fc.array(context, { minLength: 4, maxLength: 8 }),
      async (global, experiments, contexts) => {
        const stop = await make(global, experiments);
        const remote = await clientOf(new SandaiProvider({ source: countingSource().source, pollMs: 0 }));
        const { source, asked } = countingSource();
        const local = await clientOf(new SandaiProvider({ source, definitions: definitions(), pollMs: 0 }));
        const generated = contexts.map(({ targetingKey, ...attributes }) =>
          targetingKey === undefined ? attributes : { ...attributes, targetingKey: targetingKey() },
        );
        const everybody = players.flatMap((id) => [{ targetingKey: id }, { targetingKey: id.toUpperCase() }]);
        for (const of of [...generated, ...everybody]) {
          const answers = await allDetails(local, of);
          expect(answers).toEqual(await allDetails(remote, of));
          for (const { reason, errorCode } of answers) seen.add(errorCode ?? reason);
        }
        seen.add(asked.length === 0 ? 'asked nobody' : 'asked');
        await stop();
      },
    ),
    { numRuns: 20 },
  );
  const expected = [
    'DEFAULT',
    'STATIC',
    'SPLIT',
    'FLAG_NOT_FOUND',
    'TYPE_MISMATCH',
    'INVALID_CONTEXT',
    'asked',
    'asked nobody',
  ];
  expect([...seen]).toEqual(expect.arrayContaining(expected));
});

test('players who are evaluated in process are exposed once, in the cohort that they saw', async () => {
  const id = 'seen-here';
  const cohorts = [
    { cohort: 'plain', share: 5_000 },
    { cohort: 'fancy', share: 5_000 },
  ];
  await change(`/v1/experiments/${id}`, 'PUT', { cohorts, control: 'plain' });
  for (const { cohort } of cohorts)
    await change(`/v1/config/${id}/${cohort}`, 'PUT', { values: { menu: cohort } }, { 'if-match': '"0"' });
  await change(`/v1/experiments/${id}/start`, 'POST', {});
  const errors: unknown[] = [];
  const writer = await cluster.serviceKey(['exposures:write']);
  const record = serverExposures({ url: node.url, token: writer });
  const shown = new Map<string, string>();
  // two processes that evaluate by themselves
  for (const _ of [1, 2]) {
    const exposures = new Exposures({ record, onError: (error) => errors.push(error) });
    const provider = new SandaiProvider({ source: countingSource().source, definitions: definitions(), exposures });
    const client = (await clientOf(provider)).addHooks(exposures.hook);
    for (const player of [...players, ...players])
      shown.set(player, await client.getStringValue('menu', 'none', { targetingKey: player }));
    await exposures.settled();
  }
  expect(errors).toEqual([]);
  const found = await cluster.db.query(
    `select data from events where type = 'ExperimentExposed' and data->>'experiment' = '${id}'`,
  );
  expect(found).toHaveLength(players.length);
  const recorded = found.map(({ data }) => data as { playerId: string; cohort: string });
  expect(new Map(recorded.map(({ playerId, cohort }) => [playerId, cohort]))).toEqual(shown);
});
