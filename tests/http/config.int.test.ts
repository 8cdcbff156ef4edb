import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOfRequests, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let ops: string;
let player: Awaited<ReturnType<TestNode['signIn']>>;

const settings = { 'remoteConfig.builtIn': '{"banner":"built in","music":true}' };

beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node({ settings }), await cluster.node({ settings })];
  [admin, ops] = [cluster.operator('admin'), cluster.operator('ops')];
  player = await node.signIn();
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const put = (path: string, values: unknown, version: string | null, token = admin, key?: string) =>
  node.call(`/v1/config/${path}`, {
    method: 'PUT',
    token,
    body: { values },
    ...(key !== undefined && { key }),
    headers: version === null ? {} : { 'if-match': version },
  });
const config = (query = '', token = player.token, at = node) => at.call(`/v1/config${query}`, { token });
const builtIn = { source: 'built_in', experiment_id: null, cohort: null, version: null };
/** Runs an experiment of one cohort beside its control, which has nobody. */
async function run(id: string, changes: object = {}) {
  const body = {
    cohorts: [
      { cohort: 'treated', share: 9_999 },
      { cohort: 'control', share: 1 },
    ],
    control: 'control',
    ...changes,
  };
  const made = await node.call(`/v1/experiments/${id}`, { method: 'PUT', token: admin, body });
  expect([made.status, made.text]).toEqual([200, made.text]);
  await node.call(`/v1/experiments/${id}/start`, { method: 'POST', token: admin });
}

describe('a variant', () => {
  test('is set by who knows its version, and goes back to an earlier one', async () => {
    const first = await put('global/default', { banner: 'one' }, '"0"');
    expect([first.status, first.body, first.headers.get('etag')]).toEqual([
      200,
      { experiment_id: 'global', cohort: 'default', version: 1, values: { banner: 'one' } },
      '"1"',
    ]);
    expect(codeOf(await put('global/default', { banner: 'two' }, '"0"'))).toEqual([412, 'CONFIG_VERSION_MISMATCH']);
    const read = await node.call('/v1/config/global/default', { token: ops });
    expect([read.body, read.headers.get('etag')]).toEqual([first.body, '"1"']);
    expect((await put('global/default', { banner: 'two' }, read.headers.get('etag'))).body.version).toBe(2);
    expect((await put('global/default', {}, '2')).body.version).toBe(3);
    const back = await node.call('/v1/config/global/default/rollback', {
      token: admin,
      body: { version: 1 },
      headers: { 'if-match': '"3"' },
    });
    expect([back.status, back.body.version, back.body.values]).toEqual([200, 4, { banner: 'one' }]);
    const { body } = await node.call('/v1/config/global/default/history', { token: ops });
    expect(
      body.items.map(({ version, values, restores }: Record<string, unknown>) => [version, values, restores]),
    ).toEqual([
      [4, { banner: 'one' }, 1],
      [3, {}, null],
      [2, { banner: 'two' }, null],
      [1, { banner: 'one' }, null],
    ]);
    const page = await node.call('/v1/config/global/default/history?limit=3', { token: ops });
    const rest = await node.call(`/v1/config/global/default/history?cursor=${page.body.next_cursor}`, { token: ops });
    expect([...page.body.items, ...rest.body.items]).toEqual(body.items);
  });

  test('is set once for each key, also when it is asked for again', async () => {
    await run('keyed');
    const key = newKey();
    const [first, again] = [
      await put('keyed/treated', { a: 1 }, '"0"', admin, key),
      await put('keyed/treated', { a: 1 }, '"0"', admin, key),
    ];
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await node.call('/v1/config/keyed/treated', { token: ops })).body.version).toBe(1);
  });

  test('is set by one of many who know its version', async () => {
    await run('contested');
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 === 0 ? node : other).call('/v1/config/contested/treated', {
          method: 'PUT',
          token: admin,
          body: { values: { n } },
          headers: { 'if-match': '"0"' },
        }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
  });

  test.each([
    ['without a version', 'global/default', {}, null, 400, 'VALIDATION_FAILED'],
    ['for any version', 'global/default', {}, '*', 400, 'VALIDATION_FAILED'],
    ['for a weak version', 'global/default', {}, 'W/"4"', 400, 'VALIDATION_FAILED'],
    ['with a list', 'global/default', [], '"4"', 400, 'VALIDATION_FAILED'],
    ['with nothing', 'global/default', undefined, '"4"', 400, 'VALIDATION_FAILED'],
    ['with too much', 'global/default', { text: 'x'.repeat(16_384) }, '"4"', 400, 'VALIDATION_FAILED'],
    ['with a NUL', 'global/default', { text: 'a\0b' }, '"4"', 400, 'VALIDATION_FAILED'],
    ['for everybody under another name', 'global/else', {}, '"0"', 404, 'COHORT_NOT_FOUND'],
    ['of an unknown experiment', 'nowhere/treated', {}, '"0"', 404, 'EXPERIMENT_NOT_FOUND'],
  ])('cannot be set %s', async (_, path, values, version, status, code) => {
    const before = await eventsOfRequests(cluster);
    expect(codeOf(await put(path, values, version))).toEqual([status, code]);
    expect(await eventsOfRequests(cluster)).toBe(before);
  });

  test('of an unknown cohort is neither set, read nor gone back to', async () => {
    await run('small');
    expect(codeOf(await put('small/else', {}, '"0"'))).toEqual([404, 'COHORT_NOT_FOUND']);
    expect(codeOf(await node.call('/v1/config/small/treated', { token: ops }))).toEqual([404, 'CONFIG_NOT_FOUND']);
    expect(codeOf(await node.call('/v1/config/small/treated/history', { token: ops }))).toEqual([
      404,
      'CONFIG_NOT_FOUND',
    ]);
    const body = { version: 1 };
    const headers = { 'if-match': '"0"' };
    expect(codeOf(await node.call('/v1/config/small/treated/rollback', { token: admin, body, headers }))).toEqual([
      404,
      'CONFIG_VERSION_NOT_FOUND',
    ]);
  });
});

describe('a configuration', () => {
  test('falls back from the cohort to the control, to everybody, to what is built in', async () => {
    await run('chained');
    const chain = async () => {
      const { body } = await config('?experiment_id=chained');
      return [body.source.source, body.source.version, body.values];
    };
    const everybody = (await node.call('/v1/config/global/default', { token: ops })).body;
    expect(await chain()).toEqual(['global', everybody.version, { banner: 'one', music: true }]);
    await put('chained/control', { banner: 'control', speed: 1 }, '"0"');
    expect(await chain()).toEqual(['control', 1, { banner: 'control', music: true, speed: 1 }]);
    await put('chained/treated', { banner: 'treated' }, '"0"');
    const last = await config('?experiment_id=chained');
    expect(last.body).toMatchObject({
      values: { banner: 'treated', music: true },
      source: { source: 'cohort', experiment_id: 'chained', cohort: 'treated', version: 1 },
      sources: { music: builtIn },
      experiments: [{ experiment_id: 'chained', run: 1, cohort: 'treated', names: ['banner', 'speed'] }],
    });
    expect(last.headers.get('cache-control')).toBe('private, max-age=60');
    await node.call('/v1/experiments/chained/stop', { method: 'POST', token: admin });
    expect(await chain()).toEqual(['control', 1, { banner: 'control', music: true, speed: 1 }]);
    expect(codeOf(await config('?experiment_id=nowhere'))).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
  });

  test('is built in where nobody set anything, for each tenant by itself', async () => {
    const clientKey = await cluster.tenant('quiet');
    const { token } = await node.signIn(undefined, { 'x-client-key': clientKey });
    const { body } = await config('', token);
    expect(body).toEqual({
      values: { banner: 'built in', music: true },
      source: builtIn,
      sources: { banner: builtIn, music: builtIn },
      experiments: [],
      revision: '0',
    });
  });

  test('has the variants of all experiments that the player takes part in, the later ones first', async () => {
    await run('x-first');
    await run('x-second');
    await run('x-third', { ramp: 0 });
    await put('x-first/treated', { colour: 'red', first: true }, '"0"');
    await put('x-second/control', { colour: 'blue' }, '"0"');
    await put('x-third/control', { colour: 'green', third: true }, '"0"');
    const { body } = await config();
    expect(body.values).toMatchObject({ colour: 'blue', first: true, music: true });
    expect(body.values).not.toHaveProperty('third');
    expect(body.sources.colour).toEqual({
      source: 'control',
      experiment_id: 'x-second',
      cohort: 'control',
      version: 1,
    });
    const taken = body.experiments.map((each: Record<string, unknown>) => each['experiment_id']);
    expect(taken).toEqual(expect.arrayContaining(['x-first', 'x-second']));
    expect(taken).not.toContain('x-third');
    expect(await cluster.db.query(`select 1 from events where type = 'ExperimentExposed'`)).toEqual([]);
  });

  test('holds any name that JSON can hold', async () => {
    await run('named');
    const values = JSON.parse('{"constructor":1,"toString":2}');
    await put('named/treated', values, '"0"');
    const { body } = await config('?experiment_id=named');
    expect([body.values.constructor, body.values.toString]).toEqual([1, 2]);
  });

  test('changes on the other node too, at once, with its revision and its ETag', async () => {
    await run('spread');
    const before = await config('', player.token, other);
    const same = await other.call('/v1/config', {
      token: player.token,
      headers: { 'if-none-match': before.headers.get('etag')! },
    });
    expect(same.status).toBe(304);
    await put('spread/treated', { spread: 'wide', nested: { toString: 1, b: [{ d: 1, c: 2 }] } }, '"0"');
    const after = await config('', player.token, other);
    expect(after.body.values.spread).toBe('wide');
    expect(after.body.revision).not.toBe(before.body.revision);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(after.text).toBe((await config()).text);
  });

  test('is the same in a process that starts later', async () => {
    const late = await cluster.node({ settings });
    expect((await config('', player.token, late)).text).toBe((await config()).text);
  });

  test('of a player is given to services and operators, that of nobody is what everybody has', async () => {
    const key = await cluster.serviceKey(['players:read']);
    expect((await config(`?player_id=${player.id}`, key)).text).toBe((await config()).text);
    expect((await config('', ops)).body).toMatchObject({ source: { source: 'global' }, experiments: [] });
    const nobody = '?player_id=00000000-0000-4000-8000-000000000000';
    expect(codeOf(await config(nobody, key))).toEqual([404, 'PLAYER_NOT_FOUND']);
    expect(codeOf(await config(nobody))).toEqual([404, 'PLAYER_NOT_FOUND']);
  });
});
