import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../processors/log-under-test.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
let ops: string;
let time = Date.parse('2030-03-01T12:00:00.000Z');

beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node({ now: () => time }), await cluster.node({ now: () => time })];
  admin = cluster.operator('admin', 'default', time);
  ops = cluster.operator('ops', 'default', time);
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const gold = (amount: number) => [{ kind: 'currency', asset: 'gold', amount }];
const rewards = [
  { from_rank: 1, to_rank: 1, grants: gold(100) },
  { from_rank: 2, to_rank: 3, grants: gold(50) },
];
const rewardsOf = (season: string) =>
  cluster.db.query(
    `select data ->> 'playerId' as player, data ->> 'rank' as rank, data -> 'grants' as grants
     from events where type = 'RewardGranted' and data ->> 'season' = $1 order by (data ->> 'rank')::int`,
    [season],
  );
const sorted = (season: string, query = '') => node.call(`/v1/leaderboards/${season}${query}`, { token: ops });
const history = (season: string, query = '', token = ops) =>
  node.call(`/v1/seasons/${season}/history${query}`, { token });
type Entry = { rank: number; player_id: string };

test('a season pays its rewards by rank once, and is archived in the night after it closed', async () => {
  const season = await node.openSeason(admin, 'paid', { rewards, closes_at: '2030-03-01T12:01:00Z' });
  const players = await Promise.all(Array.from({ length: 5 }, () => node.signIn()));
  for (const [index, { token }] of players.entries())
    await (index % 2 === 0 ? node : other).score(token, season, index * 10);
  expect(codeOf(await history(season))).toEqual([409, 'SEASON_NOT_ARCHIVED']);
  time = Date.parse('2030-03-01T12:01:00.000Z');
  const paid = await eventually(async () => {
    const rows = await rewardsOf(season);
    return rows.length >= 3 ? rows : null;
  });
  expect(paid).toEqual([
    { player: players[4]!.id, rank: '1', grants: gold(100) },
    { player: players[3]!.id, rank: '2', grants: gold(50) },
    { player: players[2]!.id, rank: '3', grants: gold(50) },
  ]);

  const entries = () =>
    cluster.db.query(
      `select data ->> 'playerId' as player from events where type = 'LedgerEntryPosted'
       and data -> 'cause' ->> 'ref' like 'season paid,%' order by data -> 'cause' ->> 'ref'`,
    );
  await eventually(async () => (await entries()).length >= 3);
  expect((await entries()).map(({ player }) => player)).toEqual([4, 3, 2].map((index) => players[index]!.id));

  const { body: scores } = await node.call(`/v1/leaderboards/${season}/scores/${players[0]!.id}`, { token: ops });
  const withdraw = (event_id: string, player_id: string) =>
    node.call(`/v1/leaderboards/${season}/withdraw`, { token: ops, body: { player_id, event_id } });
  expect((await withdraw(scores.items[0].event_id, players[0]!.id)).status).toBe(200);

  time = Date.parse('2030-03-02T03:00:00.000Z');
  const token = cluster.operator('ops', 'default', time);
  await eventually(async () => (await history(season, '', token)).status === 200);
  const final = await history(season, '', token);
  expect(final.body.entries.map(({ rank, player_id }: Entry) => [rank, player_id])).toEqual([
    [1, players[4]!.id],
    [2, players[3]!.id],
    [3, players[2]!.id],
    [4, players[1]!.id],
  ]);
  const live = await node.call(`/v1/leaderboards/${season}`, { token });
  expect(final.body.entries).toEqual(live.body.entries);
  const first = await history(season, '?limit=3', token);
  const second = await history(season, `?limit=3&cursor=${first.body.next_cursor}`, token);
  expect([...first.body.entries, ...second.body.entries]).toEqual(final.body.entries);
  expect(second.body.next_cursor).toBeNull();

  const { body: kept } = await node.call(`/v1/leaderboards/${season}/scores/${players[1]!.id}`, { token });
  const late = await node.call(`/v1/leaderboards/${season}/withdraw`, {
    token,
    body: { player_id: players[1]!.id, event_id: kept.items[0].event_id },
  });
  expect(codeOf(late)).toEqual([409, 'SEASON_ARCHIVED']);
  expect(await rewardsOf(season)).toHaveLength(3);
  expect(codeOf(await history('nowhere', '', token))).toEqual([404, 'SEASON_NOT_FOUND']);
  expect(codeOf(await history(season, '?cursor=first', token))).toEqual([400, 'VALIDATION_FAILED']);
});

test("a player's scores are listed with what a withdrawal needs, the latest first", async () => {
  const chief = cluster.operator('admin', 'default', time);
  const season = await node.openSeason(chief, 'listed', { operator: 'sum' });
  const player = await node.signIn();
  for (const score of [1, 2, 3]) await node.score(player.token, season, score);
  const path = `/v1/leaderboards/${season}/scores/${player.id}`;
  const { body } = await node.call(path, { token: chief });
  expect(body.items.map(({ score }: { score: number }) => score)).toEqual([3, 2, 1]);
  const withdrawn = await node.call(`/v1/leaderboards/${season}/withdraw`, {
    token: chief,
    key: newKey(),
    body: { player_id: player.id, event_id: body.items[1].event_id },
  });
  expect(withdrawn.status).toBe(200);
  const first = await node.call(`${path}?limit=2`, { token: chief });
  expect(first.body.items.map(({ withdrawn: gone }: { withdrawn: boolean }) => gone)).toEqual([false, true]);
  const second = await node.call(`${path}?limit=2&cursor=${first.body.next_cursor}`, { token: chief });
  expect([second.body.items.length, second.body.next_cursor]).toEqual([1, null]);
  expect((await sorted(season)).status).toBe(401); // this token is a day old
  expect(codeOf(await node.call(path, { token: player.token }))).toEqual([403, 'FORBIDDEN']);
  const nobody = `/v1/leaderboards/${season}/scores/00000000-0000-4000-8000-000000000000`;
  expect(codeOf(await node.call(nobody, { token: chief }))).toEqual([404, 'ENTRY_NOT_FOUND']);
});

test('rewards whose ranks overlap are refused, and others are listed with their season', async () => {
  const chief = cluster.operator('admin', 'default', time);
  const open = (season: string, given: unknown) =>
    node.call('/v1/seasons', { token: chief, body: { season, operator: 'best', rewards: given } });
  const twice = [rewards[0], { ...rewards[1], from_rank: 1 }];
  expect(codeOf(await open('overlapping', twice))).toEqual([422, 'REWARDS_OVERLAP']);
  expect(codeOf(await open('free', [{ from_rank: 1, to_rank: 1, grants: [] }]))).toEqual([400, 'VALIDATION_FAILED']);
  const opened = await open('with-rewards', rewards);
  expect([opened.status, opened.body.rewards]).toEqual([201, rewards]);
  const listed = await node.call('/v1/seasons', {
    token: chief,
    headers: { 'sandai-wait-for': opened.headers.get('sandai-position')! },
  });
  const found = listed.body.items.find(({ season }: { season: string }) => season === 'with-rewards');
  expect(found.rewards).toEqual(rewards);
});
