import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

const dayMs = 86_400_000;
const noon = Date.parse('2011-03-10T12:00:00.000Z');
let cluster: TestCluster;
let node: TestNode;
let ops: string;
let admin: string;
let players: Player[];
type Player = Awaited<ReturnType<TestNode['signIn']>>;
type Did = readonly [name: string, minutesBeforeNoon: number];

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code, body?.error?.details?.[0]?.field];
const ask = (path: string, token = ops) => node.call(`/v1/analytics/${path}`, { token });
const range = 'from=2011-03-09&to=2011-03-10';
const tell = async (player: Player, did: readonly Did[]) => {
  const events = did.map(([name, before]) => ({
    event_id: randomUUID(),
    name,
    at: new Date(noon - before * 60_000).toISOString(),
  }));
  const { status } = await node.call('/v1/analytics/events', { token: player.token, body: { events } });
  expect(status).toBe(200);
};

beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({ now: () => noon, settings: { 'analytics.sessionGapMinutes': '20' } });
  [ops, admin] = [cluster.operator('ops', 'default', noon), cluster.operator('admin', 'default', noon)];
  players = [await node.signIn(), await node.signIn(), await node.signIn()];
  const [ada, bea, cleo] = players as [Player, Player, Player];
  await tell(ada, [
    ['open', 1_500],
    ['open', 60],
    ['shop', 50],
    ['buy', 40],
  ]);
  await tell(bea, [
    ['open', 90],
    ['shop', 69],
    ['open', 30],
  ]);
  await tell(cleo, [
    ['shop', 1_470],
    ['open', 1_460],
  ]);
});
afterAll(() => cluster.stop());

/** What is there of one day; sign-ins are at the real time of the database, so outside of the days that are asked for. */
const dayIn = (days: readonly { day: string }[], day: string) => days.find((each) => each.day === day);

describe('activity', () => {
  test('counts players, new ones, and play sessions by the configured pause', async () => {
    const { status, body } = await ask(`activity?${range}`);
    expect(status).toBe(200);
    expect(body.days.map(({ day }: { day: string }) => day)).toEqual(['2011-03-09', '2011-03-10']);
    expect(dayIn(body.days, '2011-03-09')).toEqual({
      day: '2011-03-09',
      dau: 2,
      wau: 2,
      mau: 2,
      new_players: 2,
      sessions: 2,
      play_seconds: 600,
    });
    expect(dayIn(body.days, '2011-03-10')).toEqual({
      day: '2011-03-10',
      dau: 2,
      wau: 3,
      mau: 3,
      new_players: 1,
      sessions: 4,
      play_seconds: 1_200,
    });
  });

  test('covers the last 30 days when none are named', async () => {
    const { days } = (await ask('activity')).body;
    expect([days.length, days[0].day, days.at(-1).day]).toEqual([30, '2011-02-09', '2011-03-10']);
  });

  test('of one player is shown as play sessions, page by page', async () => {
    const bea = players[1]!;
    const path = `/v1/players/${bea.id}/play-sessions?limit=2`;
    const first = await node.call(path, { token: bea.token });
    const at = (before: number) => new Date(noon - before * 60_000).toISOString();
    expect(first.body.items).toEqual([
      { started_at: at(30), ended_at: at(30), events: 1 },
      { started_at: at(69), ended_at: at(69), events: 1 },
    ]);
    const rest = await node.call(`${path}&cursor=${first.body.next_cursor}`, { token: ops });
    expect(rest.body).toEqual({ items: [{ started_at: at(90), ended_at: at(90), events: 1 }], next_cursor: null });
    const ada = await node.call(`/v1/players/${players[0]!.id}/play-sessions`, { token: ops });
    expect(ada.body.items[0]).toEqual({ started_at: at(60), ended_at: at(40), events: 3 });
    expect((await node.call(path, { token: players[0]!.token })).status).toBe(404);
  });
});

test('retention tells who came back, and nothing of days that have not begun', async () => {
  const { cohorts } = (await ask(`retention?${range}&days=1,2`)).body;
  expect(cohorts).toEqual([
    {
      day: '2011-03-09',
      players: 2,
      returned: [
        { after_days: 1, players: 1, share: 0.5 },
        { after_days: 2, players: null, share: null },
      ],
    },
    {
      day: '2011-03-10',
      players: 1,
      returned: [
        { after_days: 1, players: null, share: null },
        { after_days: 2, players: null, share: null },
      ],
    },
  ]);
});

test('a funnel counts steps in their order and in time', async () => {
  const steps = async (query: string) =>
    (await ask(`funnel?${range}&${query}`)).body.steps.map(({ players: many }: { players: number }) => many);
  expect(await steps('steps=open,shop,buy')).toEqual([3, 2, 1]);
  expect(await steps('steps=open,shop,buy&within_s=1200')).toEqual([3, 1, 1]);
  expect(await steps('steps=shop,open')).toEqual([3, 2]);
  const { body } = await ask(`funnel?${range}&steps=open,shop`);
  expect(body.steps[1]).toEqual({ name: 'shop', players: 2, share: 2 / 3 });
  expect((await ask('funnel?from=2010-01-01&to=2010-01-01&steps=open,shop')).body.steps[0]).toEqual({
    name: 'open',
    players: 0,
    share: null,
  });
});

test('events are counted by day and name', async () => {
  const all: object[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await ask(`events/counts?${range}&limit=2${cursor}`);
    all.push(...body.items);
    if (body.next_cursor === null) break;
    cursor = `&cursor=${body.next_cursor}`;
  }
  expect(all).toEqual([
    { day: '2011-03-10', name: 'buy', events: 1 },
    { day: '2011-03-10', name: 'open', events: 3 },
    { day: '2011-03-10', name: 'shop', events: 2 },
    { day: '2011-03-09', name: 'open', events: 2 },
    { day: '2011-03-09', name: 'shop', events: 1 },
  ]);
  const { body } = await ask(`events/counts?${range}&name=shop`);
  expect(body.items.map(({ events }: { events: number }) => events)).toEqual([2, 1]);
});

test('revenue and the economy follow purchases, refunds and what players are given', async () => {
  const ada = players[0]!;
  const product = {
    name: 'A pack',
    price: { amount: 499, currency: 'EUR' },
    grants: { currencies: [{ currency: 'gems', amount: 500 }] },
  };
  await node.call('/v1/products/pack', { method: 'PUT', token: admin, body: product });
  const buy = () =>
    node.call('/v1/purchases', {
      token: ada.token,
      key: newKey(),
      body: {
        product_id: 'pack',
        store: 'test',
        receipt: cluster.receipt('pack', { purchasedAt: new Date(noon - dayMs).toISOString() }),
      },
    });
  const [first] = [await buy(), await buy()];
  await node.call(`/v1/purchases/${first.body.purchase_id}/refund`, { method: 'POST', token: ops, key: newKey() });
  const revenue = (await ask(`revenue?${range}`)).body.items;
  expect(revenue).toEqual([
    {
      day: '2011-03-09',
      product_id: 'pack',
      currency: 'EUR',
      purchases: 2,
      payers: 1,
      gross: 998,
      refunds: 0,
      refunded: 0,
      net: 998,
    },
  ]);
  // the database's own clock says when money went back and what was granted moved
  const now = new Date().toISOString().slice(0, 10);
  const today = `from=${new Date(Date.now() - dayMs).toISOString().slice(0, 10)}&to=${now}`;
  const back = (await ask(`revenue?${today}`)).body.items;
  expect(back).toMatchObject([
    { product_id: 'pack', purchases: 0, payers: 0, gross: 0, refunds: 1, refunded: 499, net: -499 },
  ]);
  const flows = (await ask(`economy?${today}`)).body.items;
  expect(flows).toMatchObject([
    { kind: 'currency', name: 'gems', cause: 'purchase', sources: 1_000, sinks: 0, movements: 2 },
    { kind: 'currency', name: 'gems', cause: 'refund', sources: 0, sinks: 500, movements: 1 },
  ]);
});

test.each([
  ['activity?from=2011-03-10&to=2011-03-09', 'query.from'],
  ['activity?from=2010-12-01&to=2011-03-09', 'query.from'],
  ['activity?from=yesterday', 'query.from'],
  ['activity?to=1969-12-31', 'query.to'],
  ['retention?days=0', 'query.days'],
  ['retention?days=91', 'query.days'],
  ['retention?days=a', 'query.days'],
  ['funnel?steps=open', 'query.steps'],
  ['funnel', 'query.steps'],
  ['funnel?steps=open,a%20b', 'query.steps.1'],
  ['funnel?steps=a,b,c,d,e,f,g,h,i', 'query.steps'],
  ['funnel?steps=a,b&within_s=0', 'query.within_s'],
  ['events/counts?cursor=WyIAIl0', 'query.cursor'],
  ['events/counts?name=a%20b', 'query.name'],
  ['revenue?cursor=WzEsImEiXQ', 'query.cursor'],
  ['economy?limit=101', 'query.limit'],
])('GET %s is refused', async (path, field) => {
  expect(codeOf(await ask(path))).toEqual([400, 'VALIDATION_FAILED', field]);
});
