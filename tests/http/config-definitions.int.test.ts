import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let token: string;

const settings = { 'remoteConfig.builtIn': '{"banner":"built in"}' };

beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node({ settings }), await cluster.node({ settings })];
  admin = cluster.operator('admin');
  token = await cluster.serviceKey(['players:read']);
});
afterAll(() => cluster.stop());

const definitions = (headers = {}, at = node) => at.call('/v1/config/definitions', { token, headers });

/** Changes something, and waits until the definitions have it. */
async function change(path: string, method: string, body: object, headers = {}) {
  const changed = await node.call(path, { method, token: admin, body, headers });
  expect([path, changed.status, changed.text]).toEqual([path, 200, changed.text]);
  const position = changed.headers.get('sandai-position')!;
  expect((await definitions({ 'sandai-wait-for': position })).status).toBe(200);
  return position;
}
const cohorts = [
  { cohort: 'treated', share: 9_999 },
  { cohort: 'control', share: 1 },
];
const targeting = { attribute: 'platform', operator: 'in', value: ['ios'] };
const set = (place: string, values: object) => change(`/v1/config/${place}`, 'PUT', { values }, { 'if-match': '"0"' });

test('definitions are what runs and what is set for it and for everybody, and have not changed until they do', async () => {
  const ends_at = '2999-01-01T00:00:00.000Z';
  await change('/v1/experiments/told', 'PUT', { cohorts, control: 'control', targeting, ramp: 5_000, ends_at });
  for (const id of ['stopped', 'early']) await change(`/v1/experiments/${id}`, 'PUT', { cohorts, control: 'control' });
  for (const id of ['told', 'stopped', 'early']) await change(`/v1/experiments/${id}/start`, 'POST', {});
  await change('/v1/experiments/stopped/stop', 'POST', {});
  await set('told/treated', { told: [{ b: 1, a: 2 }] });
  await set('stopped/treated', { told: 'no' });
  await set('global/default', { told: 'everybody' });

  const first = await definitions();
  expect(first.body).toEqual({
    built_in: { banner: 'built in' },
    experiments: [
      expect.objectContaining({ experiment_id: 'early', starts_at: null, ends_at: null }),
      {
        ...{ experiment_id: 'told', run: 1, cohorts, control: 'control', targeting, layer: null, ramp: 5_000 },
        ...{ starts_at: null, ends_at },
      },
    ],
    variants: [
      { experiment_id: 'global', cohort: 'default', version: 1, values: { told: 'everybody' } },
      { experiment_id: 'told', cohort: 'treated', version: 1, values: { told: [{ a: 2, b: 1 }] } },
    ],
    revision: expect.any(String),
  });

  const known = { 'if-none-match': first.headers.get('etag')! };
  expect((await definitions(known)).status).toBe(304);
  await until(
    () => definitions(known, other),
    ({ status }) => status === 304,
  );
  await change('/v1/experiments/told/ramp', 'POST', { ramp: 6_000 });
  const changed = await definitions(known);
  expect([changed.status, changed.body.experiments[1].ramp]).toEqual([200, 6_000]);
  expect(changed.body.revision).not.toBe(first.body.revision);
});

test('definitions are not answered from before the place that was asked for', async () => {
  const hasty = await cluster.node({ settings: { 'reads.maxWaitMs': '1' } });
  const [logId] = (await change('/v1/experiments/waited', 'PUT', { cohorts, control: 'control' })).split('.');
  const { status, body } = await definitions({ 'sandai-wait-for': `${logId}.0-999999999` }, hasty);
  expect([status, body.error?.code]).toEqual([503, 'READ_MODEL_BEHIND']);
});

test('definitions are not for players, who would see what is not theirs', async () => {
  const player = await node.signIn();
  const { status, body } = await node.call('/v1/config/definitions', { token: player.token });
  expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
});
