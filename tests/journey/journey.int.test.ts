import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type SandaiClient } from '../../src/client/index.ts';
import { newDevice, type TestCluster, type TestNode, testCluster, until } from '../http/support.ts';
import { seededRandom } from '../support/random.ts';
import { foldAttempts, foldBoard, foldSeasons } from './leaderboard-fold.ts';
import { endOfLog, readLog, type Stored, shown } from './log.ts';
import { foldMatches, foldPlayed, foldRatings, shownMatch } from './match-fold.ts';
import { foldInbox } from './notification-fold.ts';
import { foldParties } from './party-fold.ts';

type Player = { readonly id: string; readonly name: string; readonly client: SandaiClient; readonly tickets: string[] };

/** Fifty players from their first sign-in to a closed season, on two nodes and by the client that games use. Afterwards every
 *  read model is held against what the events alone say. */
const playerCount = 50;
const random = seededRandom(20_261_121);
const upTo = (limit: number): number => Math.floor(random() * limit);
const operators = ['best', 'latest', 'sum'] as const;
const gold = (amount: number) => [{ kind: 'currency' as const, asset: 'gold', amount }];
const rewards = [
  { from_rank: 1, to_rank: 1, grants: gold(100) },
  { from_rank: 2, to_rank: 5, grants: gold(20) },
];
const seasonOf = (operator: string) => `journey-${operator}`;

/** How far the nodes' clocks are ahead. */
let later = 0;
let cluster: TestCluster;
let nodes: TestNode[];
let admin: SandaiClient;
let ops: SandaiClient;
let players: Player[];
let log: readonly Stored[];
let waitFor: string;

async function signUp(index: number): Promise<Player> {
  const client = createClient({ url: nodes[index % nodes.length]!.url });
  const { player_id: id } = await client.post('/v1/auth/device', { body: { device_id: newDevice() } });
  const name = `Player ${index}`;
  await client.patch('/v1/profile', { body: { display_name: name } });
  return { id, name, client, tickets: [] };
}

async function submitScores({ client }: Player): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt += 1)
    for (const operator of operators)
      await client.post('/v1/leaderboards/{season}/score', {
        path: { season: seasonOf(operator) },
        body: { score: upTo(25), subscore: upTo(3) }, // few values, so that many are equal
      });
}

/** Takes the newest score of every fifth player back. */
async function withdrawScores(): Promise<void> {
  const before = await readLog(cluster.db);
  for (const operator of operators)
    for (const { id } of players.filter((_, index) => index % 5 === 0)) {
      const season = seasonOf(operator);
      const eventId = foldAttempts(before, season).get(id)?.at(-1)?.event.id ?? '';
      await ops.post('/v1/leaderboards/{season}/withdraw', {
        path: { season },
        body: { player_id: id, event_id: eventId },
      });
    }
}

/** Waits until work that no request waits for has led to so many events. */
const eventsReach = (type: string, count: number) =>
  until(
    () => cluster.db.query('select 1 from events where type = $1', [type]),
    (found) => found.length === count,
  );

/** The first ten players team up in pairs; the last pair parts again. */
async function teamUp(): Promise<void> {
  const pairs = Array.from({ length: 5 }, (_, index) => [players[2 * index]!, players[2 * index + 1]!] as const);
  for (const [leader, member] of pairs) {
    const { party_id } = await leader.client.post('/v1/parties');
    const path = { party_id };
    await leader.client.post('/v1/parties/{party_id}/invite', { path, body: { player_id: member.id } });
    await member.client.post('/v1/parties/{party_id}/join', { path });
    if (leader === pairs.at(-1)![0]) await leader.client.post('/v1/parties/{party_id}/leave', { path });
  }
}

/** Everybody finds an opponent; some matches are given up, some go on. */
async function play(): Promise<void> {
  await Promise.all(
    players.map(async ({ client, tickets }) => {
      const { ticket } = await client.post('/v1/matchmaking/enqueue', { body: { skill: 1_000, modes: ['solo'] } });
      tickets.push(ticket);
    }),
  );
  await eventsReach('TicketMatched', playerCount);
  const byId = new Map(players.map((player) => [player.id, player]));
  const send = (id: string, match_id: string, command: string, payload: Record<string, unknown> = {}) =>
    byId.get(id)!.client.post('/v1/matches/{match_id}/command', { path: { match_id }, body: { command, payload } });
  const matches = [...foldMatches(await readLog(cluster.db)).values()];
  await Promise.all(
    matches.map(async ({ matchId, teams }, index) => {
      const [one, other] = teams.flat();
      await send(one!.id, matchId, 'ready');
      for (let step = 0; step < index % 3; step += 1) await send(other!.id, matchId, 'move', { x: step, y: 0 });
      if (index % 2 === 0) await send(index % 4 === 0 ? one!.id : other!.id, matchId, 'surrender');
    }),
  );
  await eventsReach('RatingChanged', 2 * Math.ceil(matches.length / 2));
}

/** Tells all players something twice; some read it, some delete it. */
async function notify(): Promise<void> {
  for (const title of ['Welcome', 'The season ends'])
    await ops.post('/v1/notifications', {
      body: { player_ids: players.map(({ id }) => id), title, content: `Hello, {{display_name}}`, ttl: 3_600 },
    });
  await eventsReach('NotificationAddressed', 2 * playerCount);
  const end = await endOfLog(cluster.db);
  for (const [index, { client }] of players.entries()) {
    if (index % 3 === 2) continue;
    const { items } = await client.get('/v1/notifications', { waitFor: end });
    const path = { notification_id: items[1]!.notification_id };
    if (index % 3 === 0) await client.post('/v1/notifications/{notification_id}/read', { path });
    else await client.delete('/v1/notifications/{notification_id}', { path });
  }
}

beforeAll(async () => {
  cluster = await testCluster();
  const now = () => Date.now() + later;
  nodes = [await cluster.node({ now }), await cluster.node({ now })];
  const url = nodes[0]!.url;
  admin = createClient({ url, token: cluster.operator('admin') });
  ops = createClient({ url, token: cluster.operator('ops') });
  for (const operator of operators)
    await admin.post('/v1/seasons', {
      body: { season: seasonOf(operator), operator, ...(operator === 'sum' && { rewards }) },
    });
  players = await Promise.all(Array.from({ length: playerCount }, (_, index) => signUp(index)));
  await Promise.all(players.map(submitScores));
  await withdrawScores();
  await notify();
  await play();
  await teamUp();
  await admin.post('/v1/seasons/{season}/close', { path: { season: seasonOf('sum') } });
  await eventsReach('RewardGranted', 5);
  log = await readLog(cluster.db);
  waitFor = await endOfLog(cluster.db);
}, 180_000);
afterAll(() => cluster.stop());

const all = async <Item>(pages: AsyncGenerator<Item>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of pages) items.push(item);
  return items;
};

describe('after the journey of fifty players', () => {
  test('the seasons are those of the events', async () => {
    const shownSeasons = await all(players[0]!.client.pages('/v1/seasons', { query: { limit: 2 }, waitFor }));
    const folded = [...foldSeasons(log)].map(([season, fold]) => ({ season, ...fold }));
    expect(shownSeasons.map(({ season, operator, status }) => ({ season, operator, status }))).toEqual(
      folded.sort((one, other) => (one.season < other.season ? -1 : 1)),
    );
  });

  test.each(operators)(
    "the board of the operator %s is what the attempts add up to, with every player's name",
    async (operator) => {
      const season = seasonOf(operator);
      const names = new Map(players.map(({ id, name }) => [id, name]));
      const expected = foldBoard(log, season, operator).map((entry) => ({
        ...entry,
        display_name: names.get(entry.player_id),
      }));
      expect(expected).toHaveLength(playerCount);
      for (const { client } of [players[0]!, players[1]!]) {
        const pages = client.pages('/v1/leaderboards/{season}', { path: { season }, query: { limit: 7 }, waitFor });
        expect(await all(pages)).toEqual(expected);
      }
    },
  );

  test('a profile has its name, its beginning, ranks in the seasons that are open, ratings and matches', async () => {
    const open = [...foldSeasons(log)].filter(([, { status }]) => status === 'open');
    const boards = new Map(open.map(([season, { operator }]) => [season, foldBoard(log, season, operator)]));
    for (const { id, name, client } of players) {
      const { player, progression } = await client.get('/v1/profile', { waitFor });
      const registered = log.find(({ type, data }) => type === 'PlayerRegistered' && data.playerId === id)!;
      expect(player).toMatchObject({ player_id: id, display_name: name, registered_at: shown(registered.at) });
      const ranks = [...boards].flatMap(([season, board]) =>
        board
          .filter((entry) => entry.player_id === id)
          .map(({ rank, score, subscore }) => ({ season, rank, score, subscore })),
      );
      expect(progression.ranks).toEqual(ranks.sort((one, other) => (one.season < other.season ? -1 : 1)));
      expect(progression.ratings).toEqual(foldRatings(log, id));
      const played = progression.recent_matches.map(({ score: _, ...match }) => match);
      expect(played).toEqual(foldPlayed(foldMatches(log), id));
    }
  });

  test('the neighbours of a player are those of the whole board', async () => {
    const board = foldBoard(log, seasonOf('best'), 'best');
    for (const { id, client } of players.slice(0, 10)) {
      const { entries } = await client.get('/v1/leaderboards/{season}/around/{player_id}', {
        path: { season: seasonOf('best'), player_id: id },
        query: { limit: 5 },
        waitFor,
      });
      const first = entries[0]!.rank - 1;
      expect(entries.map(({ player_id }) => player_id)).toEqual(
        board.slice(first, first + 5).map(({ player_id }) => player_id),
      );
      expect(entries.map(({ player_id }) => player_id)).toContain(id);
    }
  });

  test('the notifications of each player are those that were sent, less those deleted', async () => {
    for (const { id, client } of players) {
      const items = await all(client.pages('/v1/notifications', { query: { limit: 1 }, waitFor }));
      expect(items.map(({ notification_id, read, created_at }) => ({ notification_id, read, created_at }))).toEqual(
        foldInbox(log, id),
      );
    }
  });

  test('parties have the members of the events, the longest first', async () => {
    const parties = foldParties(log);
    expect([...parties.values()].map(({ members }) => members.length)).toEqual([2, 2, 2, 2, 1]);
    for (const [party_id, party] of parties) {
      const { client } = players.find(({ id }) => id === party.members[0])!;
      const { leader_id, members } = await client.get('/v1/parties/{party_id}', { path: { party_id }, waitFor });
      expect({ leader: leader_id, members }).toEqual(party);
      expect(await client.get('/v1/parties/mine', { waitFor })).toMatchObject({ party_id });
    }
  });

  test('matches are those of the events, for everybody who plays in them', async () => {
    const matches = foldMatches(log);
    expect(matches.size).toBe(playerCount / 2);
    for (const { id, client, tickets } of players) {
      const played = await all(client.pages('/v1/matches', { query: { limit: 1 }, waitFor }));
      expect(played.map(({ score: _, ...match }) => match)).toEqual(foldPlayed(matches, id));
      const { match_id } = played[0]!;
      const ticket = await client.get('/v1/matchmaking/{ticket}', { path: { ticket: tickets[0]! }, waitFor });
      expect(ticket).toEqual({ status: 'matched', match_id });
      const {
        ends_by: _,
        result,
        ...match
      } = await client.get('/v1/matches/{match_id}', { path: { match_id }, waitFor });
      const outcomes = result?.teams.map(({ outcome }) => outcome) ?? null;
      expect({ ...match, outcomes }).toEqual(shownMatch(matches.get(match_id)!));
    }
  });

  test('rewards went to the first of the season that was closed, once', () => {
    const granted = log.filter(({ type }) => type === 'RewardGranted').map(({ data }) => data);
    const winners = foldBoard(log, seasonOf('sum'), 'sum').slice(0, 5);
    expect(granted.sort((one, other) => one.rank - other.rank)).toMatchObject(
      winners.map(({ rank, player_id }) => ({ playerId: player_id, rank, grants: gold(rank === 1 ? 100 : 20) })),
    );
  });

  test('the season is archived in the night, with the ranks that it closed with', async () => {
    later = 27 * 3_600_000;
    const token = cluster.operator('ops', 'default', Date.now() + later);
    const tomorrow = createClient({ url: nodes[0]!.url, token });
    const season = seasonOf('sum');
    await until(
      () => tomorrow.get('/v1/seasons/{season}/history', { path: { season } }).catch(({ code }) => code),
      (answer) => answer !== 'SEASON_NOT_ARCHIVED',
    );
    const pages = tomorrow.pages('/v1/seasons/{season}/history', { path: { season }, query: { limit: 9 } });
    const ranks = (await all(pages)).map(({ display_name: _, ...entry }) => entry);
    expect(ranks).toEqual(foldBoard(log, season, 'sum'));
  });
});
