import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../processors/log-under-test.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let time = Date.parse('2030-03-01T09:59:00.000Z');

beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node({ now: () => time }), await cluster.node({ now: () => time })];
  admin = cluster.operator('admin', 'default', time);
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const cup = {
  tournament: 'cup',
  operator: 'sum',
  cron: '0 * * * *',
  duration_s: 1_800,
  entry_s: 600,
  max_entries: 2,
  rewards: [{ from_rank: 1, to_rank: 1, grants: [{ kind: 'currency', asset: 'gold', amount: 10 }] }],
};
const create = (body: object, token = admin) => node.call('/v1/tournaments', { token, body });
const score = (token: string, points: number, at = node, key = newKey()) =>
  at.call('/v1/tournaments/cup/score', { token, key, body: { score: points } });
const join = (token: string, at = node) => at.call('/v1/tournaments/cup/join', { method: 'POST', token });
const occurrences = async (token = admin, query = '') =>
  (await node.call(`/v1/tournaments/cup/occurrences${query}`, { token })).body;
const standings = (token: string, query = '', headers = {}) =>
  node.call(`/v1/tournaments/cup/leaderboard${query}`, { token, headers });
const eventsOf = (type: string) => cluster.db.query('select data from events where type = $1', [type]);

test('an occurrence opens by itself, is entered by as many as may, is played, closes and pays', async () => {
  const created = await create(cup);
  const shown = { ...cup, submit_by: 'players', ends_at: null, next_at: '2030-03-01T10:00:00.000Z' };
  expect([created.status, created.body, created.headers.get('location')]).toEqual([201, shown, '/v1/tournaments/cup']);
  expect(codeOf(await create(cup))).toEqual([409, 'TOURNAMENT_EXISTS']);
  const position = { 'sandai-wait-for': created.headers.get('sandai-position')! };
  expect((await node.call('/v1/tournaments/cup', { token: admin, headers: position })).body).toEqual(shown);
  expect((await node.call('/v1/tournaments', { token: admin })).body.items).toEqual([shown]);
  const [ann, bob, eve] = await Promise.all([node.signIn(), node.signIn(), node.signIn()]);
  expect(codeOf(await join(ann!.token))).toEqual([409, 'TOURNAMENT_NOT_RUNNING']);
  expect(codeOf(await score(ann!.token, 1))).toEqual([409, 'TOURNAMENT_NOT_RUNNING']);
  expect(codeOf(await standings(ann!.token))).toEqual([409, 'TOURNAMENT_NOT_RUNNING']);

  time = Date.parse('2030-03-01T10:00:00.000Z');
  await eventually(async () => (await occurrences()).items.length === 1);
  const season = 'cup~20300301T1000Z';
  const joined = await join(ann!.token);
  expect([joined.status, joined.body]).toEqual([200, { season }]);
  expect((await join(ann!.token, other)).status).toBe(200);
  const key = newKey();
  const first = await score(bob!.token, 5, other, key);
  expect([first.status, first.body]).toEqual([200, { rank: 1, season }]);
  expect((await score(bob!.token, 5, node, key)).text).toBe(first.text);
  expect(codeOf(await join(eve!.token))).toEqual([409, 'TOURNAMENT_FULL']);
  expect(codeOf(await score(eve!.token, 9, other))).toEqual([409, 'TOURNAMENT_FULL']);
  expect(codeOf(await node.score(eve!.token, season, 9))).toEqual([409, 'TOURNAMENT_FULL']);
  time += 600_000;
  expect(codeOf(await join(eve!.token))).toEqual([409, 'TOURNAMENT_ENTRIES_CLOSED']);
  expect((await score(ann!.token, 7)).body).toEqual({ rank: 1, season });
  const last = await score(bob!.token, 3, other);
  const headers = { 'sandai-wait-for': last.headers.get('sandai-position')! };
  const board = await node.call(`/v1/leaderboards/${season}`, { token: ann!.token, headers });
  expect(board.body.entries.map((entry: Record<string, unknown>) => [entry['player_id'], entry['score']])).toEqual([
    [bob!.id, 8],
    [ann!.id, 7],
  ]);
  expect((await standings(eve!.token, '', headers)).body).toEqual({ ...board.body, season });
  const top = (await standings(eve!.token, '?limit=1', headers)).body;
  const rest = (await standings(eve!.token, `?limit=1&cursor=${top.next_cursor}`, headers)).body;
  expect([...top.entries, ...rest.entries]).toEqual(board.body.entries);
  expect([top.season, rest.season, rest.next_cursor]).toEqual([season, season, null]);
  await eventually(async () => (await occurrences()).items[0].entries === 2);
  expect((await occurrences(ann!.token)).items).toEqual([
    {
      season,
      opens_at: '2030-03-01T10:00:00.000Z',
      closes_at: '2030-03-01T10:30:00.000Z',
      entries_close_at: '2030-03-01T10:10:00.000Z',
      entries: 2,
      status: 'open',
    },
  ]);

  time = Date.parse('2030-03-01T10:30:00.000Z');
  expect(codeOf(await score(ann!.token, 7))).toEqual([409, 'TOURNAMENT_NOT_RUNNING']);
  const rewards = await eventually(async () => {
    const rows = await eventsOf('RewardGranted');
    return rows.length > 0 ? rows : null;
  });
  expect(rewards).toMatchObject([{ data: { season, playerId: bob!.id, rank: 1 } }]);
});

test('what was missed is left out, the one that runs is open, and the list of occurrences has pages', async () => {
  time = Date.parse('2030-03-01T14:20:00.000Z');
  const token = cluster.operator('admin', 'default', time);
  await eventually(async () => (await occurrences(token)).items.length === 2);
  const listed = (await occurrences(token)).items.map(({ season }: { season: string }) => season);
  expect(listed).toEqual(['cup~20300301T1400Z', 'cup~20300301T1000Z']);
  expect(await eventsOf('TournamentOccurrencesMissed')).toMatchObject([
    { data: { from: '2030-03-01T11:00:00.000Z', nextAt: '2030-03-01T14:00:00.000Z' } },
  ]);
  const first = await occurrences(token, '?limit=1');
  const second = await occurrences(token, `?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`);
  expect([...first.items, ...second.items].map(({ season }: { season: string }) => season)).toEqual(listed);
  expect(second.next_cursor).toBeNull();
  expect((await standings(token)).body).toEqual({ season: listed[0], entries: [], next_cursor: null });
  const earlier = (await standings(token, `?season=${listed[1]}`)).body;
  expect([earlier.season, earlier.entries.length]).toEqual([listed[1], 2]);
  await node.openSeason(token, 'no-occurrence');
  for (const season of ['no-occurrence', 'cup~20300301T1200Z', 'cap~20300301T1400Z'])
    expect(codeOf(await standings(token, `?season=${season}`))).toEqual([404, 'SEASON_NOT_FOUND']);
  expect(codeOf(await standings(token, '?cursor=nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
  const ended = await node.call('/v1/tournaments/cup/end', { method: 'POST', token });
  expect([ended.status, ended.body]).toEqual([200, { tournament: 'cup', next_at: null }]);
});

test.each([
  ['no cron expression', { cron: 'every day' }],
  ['a cron expression that never comes', { cron: '0 0 30 2 *' }],
  ['an end before its beginning', { ends_at: '2030-01-01T00:00:00Z' }],
  ['no time', { duration_s: 0 }],
  ['room for nobody', { max_entries: 0 }],
  ['a tilde in its name', { tournament: 'cup~1' }],
  ['an unknown field', { prize: 1 }],
])('a tournament with %s is refused', async (_, changes) => {
  const token = cluster.operator('admin', 'default', time);
  expect(codeOf(await create({ ...cup, tournament: 'refused', ...changes }, token))).toEqual([
    400,
    'VALIDATION_FAILED',
  ]);
});

test('who may not, and what is not there, is refused', async () => {
  const token = cluster.operator('admin', 'default', time);
  const player = await node.signIn();
  expect(codeOf(await create({ ...cup, tournament: 'mine' }, player.token))).toEqual([403, 'FORBIDDEN']);
  for (const [path, as] of [
    ['/v1/tournaments/nowhere', player.token],
    ['/v1/tournaments/nowhere/occurrences', player.token],
    ['/v1/tournaments/nowhere/leaderboard', player.token],
  ] as const)
    expect(codeOf(await node.call(path, { token: as }))).toEqual([404, 'TOURNAMENT_NOT_FOUND']);
  for (const [action, as] of [
    ['join', player.token],
    ['end', token],
  ] as const)
    expect(codeOf(await node.call(`/v1/tournaments/nowhere/${action}`, { method: 'POST', token: as }))).toEqual([
      404,
      'TOURNAMENT_NOT_FOUND',
    ]);
  const body = { score: 1 };
  const scored = await node.call('/v1/tournaments/nowhere/score', { token: player.token, key: newKey(), body });
  expect(codeOf(scored)).toEqual([404, 'TOURNAMENT_NOT_FOUND']);
  expect(codeOf(await node.call('/v1/seasons', { token, body: { season: 'cup~1', operator: 'best' } }))).toEqual([
    400,
    'VALIDATION_FAILED',
  ]);
});
