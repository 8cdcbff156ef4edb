import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let ops: string;
let service: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  ops = cluster.operator('ops');
  service = await cluster.serviceKey(['players:read']);
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const event = (more: object = {}) => ({
  event_id: randomUUID() as string,
  name: 'level_completed',
  at: secondsAgo(5),
  ...more,
});
const tell = (
  player: Player,
  events: unknown,
  { key, at = node, ...more }: { key?: string; at?: TestNode; sent_at?: string } = {},
) => at.call('/v1/analytics/events', { token: player.token, body: { events, ...more }, ...(key && { key }) });
const historyOf = async (player: Player, query = '', token = player.token, at = node) =>
  at.call(`/v1/players/${player.id}/events${query}`, { token });

describe('collecting', () => {
  test('takes a batch, and shows it to the player, to operators and to services', async () => {
    const player = await node.signIn();
    const first = event({ measures: { level: 3, seconds: 1.5 }, properties: { map: 'desert', deep: [{ a: null }] } });
    const second = event({ at: secondsAgo(1), experiment: 'tutorial', cohort: 'short' });
    const { status, body, headers } = await tell(player, [first, second]);
    expect([status, body]).toEqual([200, { accepted: 2 }]);
    expect(headers.get('sandai-position')).not.toBeNull();
    for (const token of [player.token, ops, service]) {
      const { body: history } = await historyOf(player, '', token, other);
      expect(history.items).toMatchObject([
        { ...second, measures: {}, properties: null, player_id: player.id, device_at: second.at },
        { ...first, experiment: null, cohort: null },
      ]);
      expect(history.next_cursor).toBeNull();
    }
  });

  test('counts an event once, however often and in whatever batch it is told', async () => {
    const player = await node.signIn();
    const [one, two, three] = [event(), event(), event({ measures: { level: 1 } })];
    const key = newKey();
    const [before, again] = [await tell(player, [one, two], { key }), await tell(player, [one, two], { key })];
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([before.text, 'true']);
    expect((await tell(player, [two, three], { at: other })).body).toEqual({ accepted: 2 });
    expect((await tell(player, [{ ...three, measures: { level: 9 } }])).body).toEqual({ accepted: 1 });
    const { items } = (await historyOf(player)).body;
    expect(items.map((item: { event_id: string }) => item.event_id).sort()).toEqual(
      [one, two, three].map(({ event_id }) => event_id).sort(),
    );
    expect(items.find((item: { event_id: string }) => item.event_id === three.event_id).measures).toEqual({ level: 1 });
  });

  test('takes off what the clock of the device is ahead', async () => {
    const player = await node.signIn();
    const threeYears = 3 * 365 * 86_400;
    const before = Date.now();
    await tell(player, [event({ at: secondsAgo(60 - threeYears) })], { sent_at: secondsAgo(-threeYears) });
    const { at, received_at } = (await historyOf(player)).body.items[0];
    expect(Date.parse(received_at)).toBeGreaterThanOrEqual(before);
    expect(Math.abs(Date.parse(received_at) - 60_000 - Date.parse(at))).toBeLessThan(30_000);
  });

  test('takes 100 events at once', async () => {
    const player = await node.signIn();
    const events = Array.from({ length: 100 }, () => event({ properties: { text: 'x'.repeat(3_900) } }));
    expect((await tell(player, events)).body).toEqual({ accepted: 100 });
    expect((await historyOf(player, '?limit=100')).body.items).toHaveLength(100);
  });

  const bad: readonly (readonly [string, unknown, string])[] = [
    ['no name', { name: undefined }, 'body.events.1.name'],
    ['a name with a space', { name: 'level completed' }, 'body.events.1.name'],
    ['no time', { at: undefined }, 'body.events.1.at'],
    ['a time that is none', { at: 'yesterday' }, 'body.events.1.at'],
    ['a time before there were computers', { at: '1969-12-31T23:59:59Z' }, 'body.events.1.at'],
    ['a time that leaves the calendar', { at: '9999-12-31T23:59:59-12:00' }, 'body.events.1.at'],
    ['an id that is none', { event_id: '7' }, 'body.events.1.event_id'],
    ['a measure that is a text', { measures: { level: 'three' } }, 'body.events.1.measures.level'],
    ['a measure that is too large', { measures: { level: 1e16 } }, 'body.events.1.measures.level'],
    ['a measure with a strange name', { measures: { 'a b': 1 } }, 'body.events.1.measures.a b'],
    [
      'too many measures',
      { measures: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`m${n}`, n])) },
      'body.events.1.measures',
    ],
    ['properties that are no object', { properties: [1] }, 'body.events.1.properties'],
    ['properties that are too long', { properties: { text: 'é'.repeat(2_049) } }, 'body.events.1.properties'],
    ['properties with a NUL', { properties: { text: 'a\0b' } }, 'body.events.1.properties'],
    ['a cohort without its experiment', { cohort: 'short' }, 'body.events.1.cohort'],
    ['an experiment without its cohort', { experiment: 'tutorial' }, 'body.events.1.cohort'],
    ['a field that nobody knows', { user: 'ada' }, 'body.events.1'],
  ];
  test.each(bad)('refuses a batch in which one event has %s, names it, and writes nothing', async (_, wrong, field) => {
    const player = await node.signIn();
    const before = await eventCount();
    const reply = await tell(player, [event(), event(wrong as object), event()]);
    expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
    expect(reply.body.error.details.map((detail: { field: string }) => detail.field)).toContain(field);
    expect(await eventCount()).toBe(before);
  });

  test('refuses batches that are empty, too large, or have an event twice', async () => {
    const player = await node.signIn();
    const before = await eventCount();
    const twice = event();
    for (const events of [[], Array.from({ length: 101 }, () => event()), 'events', undefined])
      expect(codeOf(await tell(player, events))).toEqual([400, 'VALIDATION_FAILED']);
    const reply = await tell(player, [twice, event(), twice]);
    expect([reply.status, reply.body.error.details]).toEqual([
      400,
      [{ field: 'body.events.2.event_id', problem: 'must not come twice' }],
    ]);
    expect(await eventCount()).toBe(before);
  });

  test('is for players only', async () => {
    for (const token of [ops, service])
      expect(codeOf(await node.call('/v1/analytics/events', { token, body: { events: [event()] } }))).toEqual([
        403,
        'FORBIDDEN',
      ]);
  });
});

describe('looking events up', () => {
  test('goes page by page, and finds by name and time', async () => {
    const player = await node.signIn();
    const names = ['a', 'b', 'a', 'c', 'a', 'b', 'a'];
    const at = (index: number) => new Date(Date.now() - 600_000 + index * 1_000).toISOString();
    // told out of order, some at the same moment
    const events = names.map((name, index) => event({ name, at: at(index - (index % 2)) }));
    await tell(player, events.slice(4));
    await tell(player, events.slice(0, 4));
    const all: { event_id: string; at: string }[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await historyOf(player, `?limit=2${cursor}`);
      all.push(...body.items);
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(all.map(({ event_id }) => event_id).sort()).toEqual(events.map(({ event_id }) => event_id).sort());
    expect(all.map(({ at: time }) => time)).toEqual(
      all
        .map(({ at: time }) => time)
        .sort()
        .reverse(),
    );
    expect((await historyOf(player, '?name=a')).body.items).toHaveLength(4);
    const range = `?from=${events[2]!.at}&to=${events[5]!.at}`;
    expect((await historyOf(player, range)).body.items).toHaveLength(2);
  });

  test('shows operators events of all players, also by experiment and cohort', async () => {
    const [one, two] = [await node.signIn(), await node.signIn()];
    const experiment = `exp-${randomUUID()}`;
    await tell(one, [event({ experiment, cohort: 'a' }), event({ experiment, cohort: 'b' })]);
    await tell(two, [event({ experiment, cohort: 'a' }), event()]);
    const found = async (query: string) => {
      const { body } = await node.call(`/v1/analytics/events?${query}`, { token: ops });
      return body.items.map((item: { player_id: string; cohort: string }) => `${item.player_id} ${item.cohort}`).sort();
    };
    expect(await found(`experiment=${experiment}`)).toEqual([`${one.id} a`, `${one.id} b`, `${two.id} a`].sort());
    expect(await found(`experiment=${experiment}&cohort=a`)).toEqual([`${one.id} a`, `${two.id} a`].sort());
    expect(codeOf(await node.call('/v1/analytics/events?cohort=a', { token: ops }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
    expect(codeOf(await node.call('/v1/analytics/events?cursor=AAAA', { token: ops }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  test("hides a player's events from other players, and unknown players from everybody", async () => {
    const [player, stranger] = [await node.signIn(), await node.signIn()];
    await tell(player, [event()]);
    expect(codeOf(await historyOf(player, '', stranger.token))).toEqual([404, 'PLAYER_NOT_FOUND']);
    const nobody = `/v1/players/${randomUUID()}/events`;
    for (const token of [player.token, ops, service])
      expect(codeOf(await node.call(nobody, { token }))).toEqual([404, 'PLAYER_NOT_FOUND']);
  });

  test('shows no properties of an erased player any more, in no read model and no event', async () => {
    const player = await node.signIn();
    await tell(player, [event({ name: 'chatted', measures: { level: 4 }, properties: { chat: 'my name is Ada' } })]);
    expect((await historyOf(player)).body.items[0].properties).toEqual({ chat: 'my name is Ada' });
    await node.call(`/v1/players/${player.id}/personal-data`, { method: 'DELETE', token: player.token, key: newKey() });
    const item = await until(
      async () => (await node.call('/v1/analytics/events?name=chatted', { token: ops })).body.items[0],
      ({ properties }) => properties === null,
    );
    expect(item).toMatchObject({ player_id: player.id, name: 'chatted', measures: { level: 4 } });
    for (const path of ['events', 'play-sessions', 'exposures'])
      expect(codeOf(await node.call(`/v1/players/${player.id}/${path}`, { token: ops }))).toEqual([
        404,
        'PLAYER_NOT_FOUND',
      ]);
    const stored = await cluster.db.query(`select data::text as data from events where type = 'AnalyticsCollected'`);
    expect(JSON.stringify(stored)).not.toContain('my name is');
  });
});

test('where numbers are declared, no others are taken', async () => {
  const strict = await cluster.node({ settings: { 'analytics.measures': 'level,seconds' } });
  const player = await strict.signIn();
  const good = await tell(player, [event({ measures: { level: 4, seconds: 1.5 } }), event()], { at: strict });
  expect(good.status).toBe(200);
  const before = await eventCount();
  const phone = event({ measures: { level: 4, phone: 4_917_012_345 } });
  const refused = await tell(player, [event(), phone], { at: strict });
  expect(codeOf(refused)).toEqual([400, 'VALIDATION_FAILED']);
  expect(refused.body.error.details).toEqual([
    { field: 'body.events.1.measures.phone', problem: 'must be one of level, seconds' },
  ]);
  expect(await eventCount()).toBe(before);
});

describe('what exposed players did', () => {
  test('is added up by cohort', async () => {
    const admin = cluster.operator('admin');
    const experiment = `exp-${randomUUID()}`;
    const asAdmin = (path: string, method: string, body: object) => node.call(path, { method, token: admin, body });
    const cohorts = [
      { cohort: 'control', share: 5_000 },
      { cohort: 'short', share: 5_000 },
    ];
    await asAdmin(`/v1/experiments/${experiment}`, 'PUT', { cohorts, control: 'control' });
    await asAdmin(`/v1/experiments/${experiment}/start`, 'POST', {});
    const player = await node.signIn();
    await tell(player, [event({ name: 'bought', at: secondsAgo(600), measures: { price: 2 } })]);
    const assigned = await node.call(`/v1/experiments/${experiment}/assignment`, { token: player.token });
    await tell(player, [
      event({ name: 'bought', at: secondsAgo(0), measures: { price: 5 } }),
      event({ name: 'bought', at: secondsAgo(0), measures: { price: 2 } }),
      event({ name: 'quit', at: secondsAgo(0), measures: { price: 1_000 } }),
    ]);
    const ask = (more: string) =>
      node.call(`/v1/analytics/cohorts?experiment=${experiment}&event=bought${more}`, { token: ops });
    const { cohort } = assigned.body;
    const seen = await until(
      () => ask('&measure=price'),
      ({ body }) => body.cohorts.length > 0,
    );
    expect(seen.body.cohorts).toEqual([
      {
        cohort,
        players: 1,
        doers: 1,
        sum: 7,
        sum_of_squares: 49,
        before: { sum: 2, sum_of_squares: 4, sum_of_products: 14 },
      },
    ]);
    expect((await ask('&within_s=300')).body.cohorts[0]).toMatchObject({ sum: 2, before: { sum: 0 } });
    expect((await ask('&run=2')).body).toEqual({ cohorts: [] });
    expect(codeOf(await ask('&measure=a%20b'))).toEqual([400, 'VALIDATION_FAILED']);
  });
});
