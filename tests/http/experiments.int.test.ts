import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { murmur3 } from '../../src/aggregates/bucket.ts';
import {
  eventsOfRequests,
  newKey,
  type Reply,
  type TestCluster,
  type TestNode,
  testCluster,
  until,
} from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let ops: string;
let player: Awaited<ReturnType<TestNode['signIn']>>;

beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  [admin, ops] = [cluster.operator('admin'), cluster.operator('ops')];
  player = await node.signIn();
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const halves = {
  cohorts: [
    { cohort: 'control', share: 5_000 },
    { cohort: 'preview', share: 5_000 },
  ],
  control: 'control',
};
const asAdmin = (path: string, body: object, method = 'POST', headers = {}, token = admin) =>
  node.call(path, { method, token, body, headers });
const define = (id: string, changes: object = {}, token = admin) =>
  asAdmin(`/v1/experiments/${id}`, { ...halves, ...changes }, 'PUT', {}, token);
const change = (id: string, word: string, body: object = {}) => asAdmin(`/v1/experiments/${id}/${word}`, body);
async function run(id: string, changes: object = {}) {
  expect((await define(id, changes)).status).toBe(200);
  const started = await change(id, 'start');
  expect(started.status).toBe(200);
}
const assignment = (id: string, token = player.token, query = '', at = node) =>
  at.call(`/v1/experiments/${id}/assignment${query}`, { token });
const exposures = (id: string) =>
  cluster.db.query(`select data from events where type = 'ExperimentExposed' and data ->> 'experiment' = $1`, [id]);
const eventsCount = () => eventsOfRequests(cluster);
/** Who would be in the second half of an experiment's first run. */
const isPreview = (id: string, playerId: string) => murmur3(`cohort/${id}/1/${playerId}`, 0) >= 2 ** 31;

describe('an experiment', () => {
  test('is defined, started, ramped, stopped, changed and goes back; its history says how', async () => {
    const layer = await asAdmin('/v1/experiment-layers/life', { holdout: 100 }, 'PUT');
    expect([layer.status, layer.body]).toEqual([200, { layer: 'life', holdout: 100 }]);
    const asked = {
      description: 'Does a preview sell more?',
      targeting: { all: [{ attribute: 'platform', operator: 'in', value: ['ios'] }] },
      layer: { layer: 'life', from: 0, to: 5_000 },
      ramp: 1_000,
      ends_at: '2126-03-01T13:00:00+01:00',
    };
    const made = await define('life', asked);
    const shown = {
      experiment_id: 'life',
      ...halves,
      ...asked,
      layer: { ...asked.layer, holdout: 100 },
      status: 'defined',
      run: 0,
      starts_at: null,
      ends_at: '2126-03-01T12:00:00.000Z',
    };
    expect([made.status, made.body]).toEqual([200, shown]);
    expect((await define('life', asked)).text).toBe(made.text);
    const started = await change('life', 'start');
    expect(started.body).toEqual({ ...shown, status: 'running', run: 1 });
    expect((await change('life', 'start')).body).toEqual(started.body);
    expect((await change('life', 'ramp', { ramp: 2_000 })).body.ramp).toBe(2_000);
    expect(codeOf(await change('life', 'ramp', { ramp: 1_999 }))).toEqual([409, 'RAMP_SHRINKS']);
    expect(codeOf(await define('life'))).toEqual([409, 'EXPERIMENT_RUNNING']);
    expect(codeOf(await change('life', 'rollback', { version: 2 }))).toEqual([404, 'EXPERIMENT_VERSION_NOT_FOUND']);
    expect((await change('life', 'stop')).body.status).toBe('stopped');
    expect(codeOf(await change('life', 'ramp', { ramp: 3_000 }))).toEqual([409, 'EXPERIMENT_NOT_RUNNING']);
    expect((await define('life')).body).toMatchObject({ layer: null, targeting: null, ramp: 10_000, run: 1 });
    const back = await change('life', 'rollback', { version: 1 });
    expect(back.body).toEqual({ ...shown, run: 1, status: 'stopped' });
    const history = await node.call('/v1/experiments/life/history', { token: ops });
    expect(history.body.items.map((item: Record<string, unknown>) => [item['version'], item['change']])).toEqual([
      [6, 'defined'],
      [5, 'defined'],
      [4, 'stopped'],
      [3, 'ramped'],
      [2, 'started'],
      [1, 'defined'],
    ]);
    const { experiment_id: _, status: __, run: ___, ...definition } = shown;
    expect(history.body.items[0]).toMatchObject({ definition, restores: 1, run: null, ramp: null });
    expect(history.body.items[3]).toMatchObject({ definition: null, restores: null, run: 1, ramp: 2_000 });
    expect(history.body.items[0].actor).toMatch(/^operator:/);
    const page = await node.call('/v1/experiments/life/history?limit=4', { token: ops });
    const rest = await node.call(`/v1/experiments/life/history?cursor=${page.body.next_cursor}`, { token: ops });
    expect([...page.body.items, ...rest.body.items]).toEqual(history.body.items);
    expect(rest.body.next_cursor).toBeNull();
    expect((await node.call('/v1/experiments/life', { token: ops })).body).toEqual(back.body);
  });

  test.each([
    ['shares below the whole', { cohorts: [{ cohort: 'control', share: 9_999 }] }, 422, 'COHORTS_INVALID'],
    ['a control that is none of its cohorts', { control: 'else' }, 422, 'COHORTS_INVALID'],
    [
      'an end before its start',
      { starts_at: '2026-03-02T00:00:00Z', ends_at: '2026-03-01T00:00:00Z' },
      422,
      'EXPERIMENT_ENDS_BEFORE_IT_STARTS',
    ],
    ['no width in its layer', { layer: { layer: 'none', from: 5, to: 5 } }, 422, 'LAYER_SLOT_EMPTY'],
    ['a layer that is not there', { layer: { layer: 'none', from: 0, to: 5 } }, 404, 'LAYER_NOT_FOUND'],
    ['no cohorts', { cohorts: [] }, 400, 'VALIDATION_FAILED'],
    ['a share of nothing', { cohorts: [{ cohort: 'a', share: 0 }] }, 400, 'VALIDATION_FAILED'],
    [
      'a rule for an unknown attribute',
      { targeting: { attribute: 'shoe_size', operator: 'in', value: ['42'] } },
      400,
      'VALIDATION_FAILED',
    ],
    ['a rule of another form', { targeting: { all: [] } }, 400, 'VALIDATION_FAILED'],
    [
      'a rule that is nested too deep',
      { targeting: JSON.parse(`${'{"not":'.repeat(400)}{}${'}'.repeat(400)}`) },
      400,
      'VALIDATION_FAILED',
    ],
    ['a ramp beyond the whole', { ramp: 10_001 }, 400, 'VALIDATION_FAILED'],
    ['an unknown field', { colour: 'red' }, 400, 'VALIDATION_FAILED'],
  ])('with %s is refused, and nothing is written', async (_, changes, status, code) => {
    const before = await eventsCount();
    expect(codeOf(await define('refused', changes))).toEqual([status, code]);
    expect(await eventsCount()).toEqual(before);
  });

  test('cannot be called as what counts for everybody is', async () => {
    expect(codeOf(await define('global'))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test.each(['start', 'stop', 'ramp'])('that is not there cannot %s', async (word) => {
    expect(codeOf(await change('nowhere', word, word === 'ramp' ? { ramp: 1 } : {}))).toEqual([
      404,
      'EXPERIMENT_NOT_FOUND',
    ]);
  });

  test('is listed to players while it runs, without whom it is for', async () => {
    const targeting = { attribute: 'country', operator: 'in', value: ['DE'] };
    await define('listed-idle');
    await run('listed', { targeting });
    const mine = await node.call('/v1/experiments?limit=100', { token: player.token });
    const names = (reply: Reply) => reply.body.items.map((item: Record<string, unknown>) => item['experiment_id']);
    expect(names(mine)).toContain('listed');
    expect(names(mine)).not.toContain('listed-idle');
    const shown = mine.body.items.find((item: Record<string, unknown>) => item['experiment_id'] === 'listed');
    expect(shown).toEqual({ experiment_id: 'listed', status: 'running', run: 1, ...halves });
    const all = await node.call('/v1/experiments?limit=100', { token: ops });
    expect(names(all)).toEqual(expect.arrayContaining(['listed', 'listed-idle']));
    const [first] = all.body.items;
    const page = await node.call('/v1/experiments?limit=1', { token: ops });
    expect([page.body.items, page.body.next_cursor]).toEqual([[first], first.experiment_id]);
  });
});

describe('a layer', () => {
  test('gives each place once, and takes back what an experiment gives up', async () => {
    await asAdmin('/v1/experiment-layers/shared', { holdout: 0 }, 'PUT');
    const at = (from: number, to: number) => ({ layer: { layer: 'shared', from, to } });
    expect((await define('left', at(0, 5_000))).status).toBe(200);
    expect(codeOf(await define('right', at(4_999, 10_000)))).toEqual([409, 'LAYER_SLOT_TAKEN']);
    expect(codeOf(await node.call('/v1/experiments/right', { token: ops }))).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
    expect((await define('right', at(5_000, 10_000))).status).toBe(200);
    expect(codeOf(await asAdmin('/v1/experiment-layers/shared', { holdout: 1 }, 'PUT'))).toEqual([409, 'LAYER_IN_USE']);
    const freed = await define('left');
    const wider = await define('right', at(0, 10_000));
    expect([freed.status, wider.status]).toEqual([200, 200]);
    const { body } = await node.call('/v1/experiment-layers?limit=100', { token: ops });
    expect(body.items.find((item: Record<string, unknown>) => item['layer'] === 'shared')).toEqual({
      layer: 'shared',
      holdout: 0,
      slots: [{ experiment_id: 'right', from: 0, to: 10_000 }],
    });
  });

  test('gives one place to one of many who ask at once, on two nodes', async () => {
    await asAdmin('/v1/experiment-layers/crowded', {}, 'PUT');
    const body = { ...halves, layer: { layer: 'crowded', from: 0, to: 10_000 } };
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 === 0 ? node : other).call(`/v1/experiments/crowd-${n}`, { method: 'PUT', token: admin, body }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });

  test('of another tenant is not there', async () => {
    await asAdmin('/v1/experiment-layers/ours', {}, 'PUT');
    await cluster.tenant('rival');
    const theirs = cluster.operator('admin', 'rival');
    const reply = await define('theirs', { layer: { layer: 'ours', from: 0, to: 1 } }, theirs);
    expect(codeOf(reply)).toEqual([404, 'LAYER_NOT_FOUND']);
  });
});

describe('an assignment', () => {
  test('is the same each time and on each node, and is recorded once', async () => {
    await run('sticky');
    const cohort = isPreview('sticky', player.id) ? 'preview' : 'control';
    const first = await assignment('sticky');
    expect([first.status, first.body]).toEqual([200, { experiment_id: 'sticky', run: 1, cohort, reason: 'assigned' }]);
    expect(first.headers.get('cache-control')).toBe('private, max-age=60');
    expect(first.headers.get('sandai-position')).not.toBeNull();
    const again = await Promise.all(
      Array.from({ length: 20 }, (_, n) => assignment('sticky', player.token, '', n % 2 === 0 ? node : other)),
    );
    for (const reply of again) expect(reply.body).toEqual(first.body);
    expect(await exposures('sticky')).toEqual([
      { data: { experiment: 'sticky', run: 1, playerId: player.id, cohort } },
    ]);
    const etag = first.headers.get('etag')!;
    const same = await node.call('/v1/experiments/sticky/assignment', {
      token: player.token,
      headers: { 'if-none-match': etag },
    });
    expect(same.status).toBe(304);
  });

  test('of a player who meets two nodes at once for the first time is recorded once', async () => {
    const { token } = await node.signIn();
    await run('race');
    await Promise.all(Array.from({ length: 20 }, (_, n) => assignment('race', token, '', n % 2 === 0 ? node : other)));
    expect(await exposures('race')).toHaveLength(1);
  });

  test('is listed among what the player was shown, to the player, operators and services', async () => {
    const somebody = await node.signIn();
    for (const id of ['listed-b', 'listed-a']) await run(id, { ramp: 10_000 });
    await assignment('listed-b', somebody.token);
    await change('listed-b', 'stop');
    await change('listed-b', 'start');
    await assignment('listed-b', somebody.token);
    const last = await assignment('listed-a', somebody.token);
    const path = `/v1/players/${somebody.id}/exposures`;
    const list = (token: string, query = '') =>
      node.call(`${path}${query}`, { token, headers: { 'sandai-wait-for': last.headers.get('sandai-position')! } });
    const shown = await until(
      () => list(somebody.token),
      ({ body }) => body.items.length === 3,
    );
    const runs = shown.body.items.map((item: Record<string, unknown>) => [item['experiment_id'], item['run']]);
    expect(runs).toEqual([
      ['listed-a', 1],
      ['listed-b', 1],
      ['listed-b', 2],
    ]);
    expect(shown.body.items[0].cohort).toBe(isPreview('listed-a', somebody.id) ? 'preview' : 'control');
    expect(shown.body.next_cursor).toBeNull();
    const service = await cluster.serviceKey(['players:read']);
    for (const token of [ops, service]) expect((await list(token)).body).toEqual(shown.body);
    const first = await list(ops, '?limit=2');
    const rest = await list(ops, `?limit=2&cursor=${first.body.next_cursor}`);
    expect([...first.body.items, ...rest.body.items]).toEqual(shown.body.items);
    expect(codeOf(await list(player.token))).toEqual([404, 'PLAYER_NOT_FOUND']);
    expect(codeOf(await list(ops, '?cursor=x'))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('of nobody is recorded: without a cohort there is nothing to be shown', async () => {
    await define('idle');
    expect((await assignment('idle')).body).toEqual({
      experiment_id: 'idle',
      run: null,
      cohort: null,
      reason: 'not_running',
    });
    await run('closed-door', { ramp: 0 });
    expect((await assignment('closed-door')).body.reason).toBe('not_ramped');
    await run('over', { ends_at: '2020-01-01T00:00:00Z' });
    expect((await assignment('over')).body.reason).toBe('ended');
    await run('later', { starts_at: '2120-01-01T00:00:00Z' });
    expect((await assignment('later')).body.reason).toBe('not_started');
    for (const id of ['idle', 'closed-door', 'over', 'later']) expect(await exposures(id)).toEqual([]);
  });

  test('follows a ramp, a stop and a new run', async () => {
    await run('lifted', { ramp: 0 });
    expect((await assignment('lifted')).body.cohort).toBeNull();
    await change('lifted', 'ramp', { ramp: 10_000 });
    const { cohort } = (await assignment('lifted')).body;
    expect(cohort).toBe(isPreview('lifted', player.id) ? 'preview' : 'control');
    await change('lifted', 'stop');
    expect((await assignment('lifted')).body.reason).toBe('not_running');
    await define('lifted');
    await change('lifted', 'start');
    expect((await assignment('lifted')).body).toMatchObject({ run: 2, reason: 'assigned' });
    expect(await exposures('lifted')).toHaveLength(2);
  });

  test('asks for what the caller tells, and for what is known of the player', async () => {
    await run('told', {
      targeting: {
        all: [
          { attribute: 'platform', operator: 'in', value: ['ios'] },
          { attribute: 'app_version', operator: 'at_least', value: '2.1.0' },
          { attribute: 'tier', operator: 'in', value: ['free'] },
          { attribute: 'account_age_days', operator: 'below', value: 1 },
          { not: { attribute: 'country', operator: 'in', value: ['DE'] } },
        ],
      },
    });
    const reasonFor = async (query: string) => (await assignment('told', player.token, query)).body.reason;
    expect(await reasonFor('')).toBe('not_targeted');
    expect(await reasonFor('?platform=ios&app_version=2.1.0-rc.1')).toBe('not_targeted');
    expect(await reasonFor('?platform=iOS&app_version=2.1.0')).toBe('assigned');
    expect(await reasonFor('?platform=ios&app_version=2.1.0&country=de')).toBe('not_targeted');
    expect(codeOf(await assignment('told', player.token, '?app_version=two'))).toEqual([400, 'VALIDATION_FAILED']);
    await run('paid', { targeting: { attribute: 'tier', operator: 'in', value: ['gold'] } });
    const rich = await node.signIn();
    const entitlements = { entitlements: [{ tier: 'gold' }] };
    await asAdmin(`/v1/players/${rich.id}/entitlements`, entitlements, 'PUT');
    expect((await assignment('paid', rich.token)).body.reason).toBe('assigned');
    expect((await assignment('paid')).body.reason).toBe('not_targeted');
  });

  test('is given to the game host for any player of its tenant', async () => {
    await run('hosted');
    const key = await cluster.serviceKey(['nakama']);
    const reply = await assignment('hosted', key, `?player_id=${player.id}`);
    expect(reply.body).toEqual((await assignment('hosted')).body);
    expect(await exposures('hosted')).toHaveLength(1);
    expect(codeOf(await assignment('hosted', key))).toEqual([400, 'VALIDATION_FAILED']);
    const nobody = '?player_id=00000000-0000-4000-8000-000000000000';
    expect(codeOf(await assignment('hosted', key, nobody))).toEqual([404, 'PLAYER_NOT_FOUND']);
    const stranger = await node.signIn();
    expect(codeOf(await assignment('hosted', player.token, `?player_id=${stranger.id}`))).toEqual([
      404,
      'PLAYER_NOT_FOUND',
    ]);
  });

  test('in an experiment that is not there, or is of another tenant, is refused', async () => {
    expect(codeOf(await assignment('nowhere'))).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
    const clientKey = await cluster.tenant('elsewhere');
    const foreign = await node.signIn(undefined, { 'x-client-key': clientKey });
    await run('here');
    expect(codeOf(await assignment('here', foreign.token))).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
    expect(await exposures('here')).toEqual([]);
  });

  test('counts in the read model by cohort and day', async () => {
    await run('counted');
    const players = await Promise.all(Array.from({ length: 6 }, () => node.signIn()));
    const replies = await Promise.all(players.map(({ token }) => assignment('counted', token)));
    const positions = replies.map((reply) => reply.headers.get('sandai-position')!);
    expect(positions).not.toContain(null);
    const wanted = replies.filter(({ body }) => body.cohort === 'preview').length;
    expect(wanted).toBe(players.filter(({ id }) => isPreview('counted', id)).length);
  });
});

test('a change of an experiment with its key counts once', async () => {
  const key = newKey();
  const call = () => node.call('/v1/experiments/keyed', { method: 'PUT', token: admin, key, body: halves });
  const [first, second] = [await call(), await call()];
  expect(second.text).toBe(first.text);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
});
