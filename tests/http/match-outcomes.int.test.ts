import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let now = Date.parse('2031-01-01T00:00:00Z');
beforeAll(async () => {
  cluster = await testCluster();
  const options = {
    now: () => now,
    settings: {
      'matchmaking.season': 'league',
      'matchmaking.modes': 'solo:1:2',
      'matchmaking.victoryReward': 'coins:50',
    },
  };
  [node] = [await cluster.node(options), await cluster.node(options)];
  const admin = cluster.operator('admin', 'default', now);
  await node.openSeason(admin, 'league', { operator: 'sum', submit_by: 'service' });
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const enqueue = async (player: Player): Promise<string> => {
  const body = { skill: 1000, modes: ['solo'] };
  return (await node.call('/v1/matchmaking/enqueue', { token: player.token, key: newKey(), body })).body.ticket;
};
/** A match of the two, begun. */
async function duel(alice: Player, bob: Player): Promise<string> {
  const [ticket] = [await enqueue(alice), await enqueue(bob)];
  const { body } = await until(
    () => node.call(`/v1/matchmaking/${ticket}`, { token: alice.token }),
    (reply) => reply.body.status === 'matched',
  );
  return body.match_id;
}
const surrender = (player: Player, match: string) =>
  node.call(`/v1/matches/${match}/command`, { token: player.token, body: { command: 'surrender' }, key: newKey() });
const progressionOf = async (player: Player) =>
  (await node.call('/v1/profile', { token: player.token })).body.progression;
const settled = (player: Player, matches: number, points: number) =>
  until(
    () => progressionOf(player),
    ({ ratings, ranks, recent_matches: [newest] }) =>
      ratings[0]?.matches === matches && newest?.status === 'ended' && ranks[0]?.score === points,
  );

describe('a match that ended', () => {
  test('moves ratings apart, goes into the season, and stands in profiles: once', async () => {
    const [alice, bob] = [await node.signIn(), await node.signIn()];
    const first = await duel(alice, bob);
    await surrender(bob, first);
    const [winner, loser] = [await settled(alice, 1, 3), await settled(bob, 1, 0)];
    expect(winner.ratings).toEqual([{ mode: 'solo', rating: expect.any(Number), matches: 1 }]);
    expect(winner.ratings[0].rating).toBeGreaterThan(1500);
    expect(loser.ratings[0].rating).toBeLessThan(1500);
    expect([winner.recent_matches[0].outcome, loser.recent_matches[0].outcome]).toEqual(['won', 'lost']);
    const second = await duel(alice, bob);
    await surrender(alice, second);
    const [loserNow, winnerNow] = [await settled(alice, 2, 3), await settled(bob, 2, 3)];
    expect(loserNow.ratings[0].rating).toBeLessThan(winner.ratings[0].rating);
    expect(winnerNow.ratings[0].rating).toBeGreaterThan(loser.ratings[0].rating);
    expect([loserNow.ranks, winnerNow.ranks].flat().map(({ season, score }) => [season, score])).toEqual([
      ['league', 3],
      ['league', 3],
    ]);
    expect(winnerNow.recent_matches.map(({ match_id }: { match_id: string }) => match_id)).toEqual([second, first]);
    const rewards = await until(
      () =>
        cluster.db.query(
          `select data from events where type = 'LedgerEntryPosted' and data ->> 'playerId' = any($1::text[])`,
          [[alice.id, bob.id]],
        ),
      (rows) => rows.length >= 2,
    );
    expect(rewards.map(({ data }) => data)).toEqual(
      expect.arrayContaining(
        [
          [alice.id, first],
          [bob.id, second],
        ].map(([playerId, match]) => ({
          playerId,
          cause: { kind: 'reward', ref: `match ${match}` },
          postings: [expect.objectContaining({ kind: 'currency', asset: 'coins', amount: 50 })],
        })),
      ),
    );
    expect(rewards).toHaveLength(2);
    const rated = await cluster.db.query(
      `select count(*)::int as n from events where type = 'RatingChanged' and data ->> 'playerId' = $1`,
      [alice.id],
    );
    expect(rated).toEqual([{ n: 2 }]);
  });

  test('at its time ends as a draw of who still fights', async () => {
    const [alice, bob] = [await node.signIn(), await node.signIn()];
    const match = await duel(alice, bob);
    now += 31 * 60_000;
    const { body } = await until(
      () => node.call(`/v1/matches/${match}`, { token: alice.token }),
      (reply) => reply.body.result !== null,
    );
    expect([body.status, body.result.end]).toEqual(['ended', 'deadline']);
    expect(body.result.teams.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['drawn', 'drawn']);
    const { ranks } = await settled(bob, 1, 1);
    expect(ranks[0].score).toBe(1);
    const place = await node.call('/v1/matchmaking', { token: bob.token });
    expect(place.body).toEqual({ status: 'free' });
  });
});
