import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  const settings = { 'matchmaking.modes': 'solo:1:2,duo:2:2,lonely:1:2,brief:1:2,melee:1:4' };
  [node, other] = [await cluster.node({ settings }), await cluster.node({ settings })];
});
afterAll(() => cluster.stop());

type Player = Awaited<ReturnType<TestNode['signIn']>>;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const enqueue = (player: Player, modes = ['solo'], skill = 1000, at = node, key = newKey()) =>
  at.call('/v1/matchmaking/enqueue', { token: player.token, key, body: { skill, modes } });
const ticketOf = async (player: Player, modes?: string[], skill?: number, at?: TestNode): Promise<string> => {
  const { status, text, body } = await enqueue(player, modes, skill, at);
  if (status !== 201) throw new Error(`enqueueing answered ${status}: ${text}`);
  return body.ticket;
};
const look = (player: Player, ticket: string, at = node) =>
  at.call(`/v1/matchmaking/${ticket}`, { token: player.token });
const matchOf = async (player: Player, ticket: string): Promise<string> => {
  const { body } = await until(
    () => look(player, ticket),
    (reply) => reply.body.status !== 'queued',
  );
  expect(body.status).toBe('matched');
  return body.match_id;
};
const cancel = (player: Player, ticket: string, at = node) =>
  at.call(`/v1/matchmaking/${ticket}`, { token: player.token, method: 'DELETE' });
const eventsOf = (correlation: Reply) =>
  cluster.db.query(`select type from events where metadata ->> 'correlationId' = $1 order by partition, position`, [
    correlation.headers.get('x-request-id'),
  ]);
/** Two players in a match of their own. */
const duel = async (at = node) => {
  const [alice, bob] = [await at.signIn(), await at.signIn()];
  const ticket = await ticketOf(alice, ['lonely']);
  await ticketOf(bob, ['lonely']);
  return { alice, bob, match: await matchOf(alice, ticket) };
};
const send = (player: Player, match: string, command: string, payload: object = {}, key = newKey(), at = node) =>
  at.call(`/v1/matches/${match}/command`, { token: player.token, body: { command, payload, idempotency_key: key } });
const matchFor = (token: string, match: string, at = node) => at.call(`/v1/matches/${match}`, { token });

describe('enqueueing', () => {
  test('answers with a ticket that waits, and where it is', async () => {
    const player = await node.signIn();
    const { status, body, headers } = await enqueue(player, ['melee']);
    expect([status, headers.get('location')]).toEqual([201, `/v1/matchmaking/${body.ticket}`]);
    expect((await look(player, body.ticket, other)).body).toEqual({ status: 'queued' });
    const place = await other.call('/v1/matchmaking', { token: player.token });
    expect(place.body).toEqual({ status: 'queued', ticket: body.ticket });
    expect((await node.call('/metrics')).text).toMatch(/^sandai_matchmaking_queue_depth [1-9]/m);
    expect((await cancel(player, body.ticket)).status).toBe(204);
  });

  test('is repeated under its key with the same ticket and place, and once only', async () => {
    const player = await node.signIn();
    const key = newKey();
    const first = await enqueue(player, ['melee'], 1, node, key);
    const again = await enqueue(player, ['melee'], 1, other, key);
    expect([again.status, again.text, again.headers.get('location')]).toEqual([
      201,
      first.text,
      first.headers.get('location'),
    ]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await eventsOf(again)).toEqual([]);
    await cancel(player, first.body.ticket);
  });

  test('a player has one open ticket, whichever node is asked', async () => {
    const player = await node.signIn();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => enqueue(player, ['melee'], 5, index % 2 === 0 ? node : other)),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(replies.filter(({ status }) => status === 409).map(codeOf)[0]).toEqual([409, 'ALREADY_QUEUED']);
    const { ticket } = replies.find(({ status }) => status === 201)!.body;
    expect((await cancel(player, ticket)).status).toBe(204);
    const next = await ticketOf(player, ['melee']);
    await cancel(player, next);
  });

  test.each([
    ['without a skill', { modes: ['solo'] }],
    ['with a skill in words', { skill: 'high', modes: ['solo'] }],
    ['with half a point', { skill: 1.5, modes: ['solo'] }],
    ['with a skill below 0', { skill: -1, modes: ['solo'] }],
    ['without modes', { skill: 1 }],
    ['with no mode', { skill: 1, modes: [] }],
    ['with a mode twice', { skill: 1, modes: ['solo', 'solo'] }],
    ['with a mode in capitals', { skill: 1, modes: ['SOLO'] }],
    ['with an unknown field', { skill: 1, modes: ['solo'], wish: 'easy' }],
  ])('%s is refused, and nothing is written', async (_, body) => {
    const player = await node.signIn();
    const reply = await node.call('/v1/matchmaking/enqueue', { token: player.token, key: newKey(), body });
    expect(codeOf(reply)).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventsOf(reply)).toEqual([]);
  });

  test('for a mode that nobody offers, or without a key, is refused', async () => {
    const player = await node.signIn();
    expect(codeOf(await enqueue(player, ['solo', 'chess']))).toEqual([422, 'MODE_UNKNOWN']);
    const body = { skill: 1, modes: ['solo'] };
    expect(codeOf(await node.call('/v1/matchmaking/enqueue', { token: player.token, body }))).toEqual([
      400,
      'IDEMPOTENCY_KEY_REQUIRED',
    ]);
  });
});

const party = async (leader: Player, ...members: Player[]): Promise<string> => {
  const { body } = await node.call('/v1/parties', { token: leader.token, body: { invite_only: false } });
  for (const { token } of members)
    expect((await node.call(`/v1/parties/${body.party_id}/join`, { token, method: 'POST' })).status).toBe(200);
  return body.party_id;
};
const queue = (player: Player, party_id: string, modes = ['duo'], at = node) =>
  at.call('/v1/matchmaking/enqueue', {
    token: player.token,
    key: newKey(),
    body: { skill: 77_000, modes, party_id },
  });

describe('a party', () => {
  test('queues with one ticket and plays in one team', async () => {
    const [alice, bob, carol, dave] = (await Promise.all([1, 2, 3, 4].map(() => node.signIn()))) as Player[];
    const first = await queue(bob!, await party(alice!, bob!));
    expect(first.status).toBe(201);
    const { ticket } = first.body;
    expect((await look(alice!, ticket, other)).body).toEqual({ status: 'queued' });
    expect(codeOf(await enqueue(alice!, ['melee']))).toEqual([409, 'ALREADY_QUEUED']);
    expect((await queue(carol!, await party(carol!, dave!))).status).toBe(201);
    const { body } = await matchFor(alice!.token, await matchOf(alice!, ticket));
    const teams = body.teams.map(({ players }: { players: { player_id: string }[] }) =>
      players.map(({ player_id }) => player_id).sort(),
    );
    expect(teams).toEqual(expect.arrayContaining([[alice!.id, bob!.id].sort(), [carol!.id, dave!.id].sort()]));
  });

  test('is refused as a whole', async () => {
    const [alice, bob, stranger] = (await Promise.all([1, 2, 3].map(() => node.signIn()))) as Player[];
    const id = await party(alice!, bob!);
    expect(codeOf(await queue(stranger!, id))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect(codeOf(await queue(alice!, newKey()))).toEqual([404, 'PARTY_NOT_FOUND']);
    expect(codeOf(await queue(alice!, id, ['solo']))).toEqual([422, 'PARTY_TOO_LARGE']);
    const alone = await ticketOf(bob!, ['melee']);
    const refused = await queue(alice!, id);
    expect(codeOf(refused)).toEqual([409, 'ALREADY_QUEUED']);
    expect(await eventsOf(refused)).toEqual([]);
    await cancel(bob!, alone);
    expect((await node.call('/v1/matchmaking', { token: alice!.token })).body).toEqual({ status: 'free' });
  });

  test('that lost a member meanwhile queues with who is left', async () => {
    const [alice, bob] = (await Promise.all([1, 2].map(() => node.signIn()))) as Player[];
    const id = await party(alice!, bob!);
    await other.call(`/v1/parties/${id}/leave`, { token: bob!.token, method: 'POST' });
    const queued = await queue(alice!, id, ['melee']);
    expect(queued.status).toBe(201);
    expect((await node.call('/v1/matchmaking', { token: bob!.token })).body).toEqual({ status: 'free' });
    await cancel(alice!, queued.body.ticket);
  });
});

describe('a party that waits', () => {
  test.each(['leaves', 'is sent away'])(
    'has its ticket back when a member %s, and both may queue anew',
    async (what) => {
      const [alice, bob] = (await Promise.all([1, 2].map(() => node.signIn()))) as [Player, Player];
      const id = await party(alice, bob);
      const { ticket } = (await queue(alice, id)).body;
      const gone =
        what === 'leaves'
          ? await other.call(`/v1/parties/${id}/leave`, { token: bob.token, method: 'POST' })
          : await other.call(`/v1/parties/${id}/kick`, { token: alice.token, body: { player_id: bob.id } });
      expect(gone.status).toBe(200);
      await until(
        () => look(alice, ticket),
        ({ body }) => body.status === 'cancelled',
      );
      for (const player of [alice, bob]) await cancel(player, await ticketOf(player, ['melee']));
    },
  );
});

describe('a ticket', () => {
  test('is matched with that of an opponent, who may be on another node', async () => {
    const [alice, bob] = [await node.signIn(), await other.signIn()];
    const tickets = [await ticketOf(alice, ['brief']), await ticketOf(bob, ['brief'], 1100, other)];
    const [match, same] = [await matchOf(alice, tickets[0]!), await matchOf(bob, tickets[1]!)];
    expect(match).toBe(same);
    expect(codeOf(await cancel(alice, tickets[0]!))).toEqual([409, 'TICKET_ALREADY_MATCHED']);
    expect(codeOf(await enqueue(alice, ['melee']))).toEqual([409, 'ALREADY_IN_MATCH']);
    const place = await node.call('/v1/matchmaking', { token: bob.token });
    expect(place.body).toEqual({ status: 'playing', ticket: tickets[1], match_id: match });
    for (const at of [node, other])
      expect((await matchFor(alice.token, match, at)).body).toMatchObject({
        match_id: match,
        mode: 'brief',
        status: 'running',
        tick: 0,
        result: null,
      });
  });

  test('fills the teams of its mode', async () => {
    const players = await Promise.all(Array.from({ length: 4 }, () => node.signIn()));
    const tickets = await Promise.all(players.map((player) => ticketOf(player, ['duo'])));
    const match = await matchOf(players[0]!, tickets[0]!);
    const { body } = await matchFor(players[3]!.token, match);
    expect(body.teams.map(({ players: team }: { players: unknown[] }) => team.length)).toEqual([2, 2]);
    const named = body.teams.flatMap((team: { players: { player_id: string }[] }) =>
      team.players.map(({ player_id }) => player_id),
    );
    expect(named.sort()).toEqual(players.map(({ id }) => id).sort());
  });

  test('taken back is gone, and taken back again changes nothing', async () => {
    const player = await node.signIn();
    const ticket = await ticketOf(player, ['melee']);
    const first = await cancel(player, ticket);
    expect([first.status, first.text]).toEqual([204, '']);
    const again = await cancel(player, ticket, other);
    expect([again.status, await eventsOf(again)]).toEqual([204, []]);
    expect((await look(player, ticket)).body).toEqual({ status: 'cancelled' });
    expect((await node.call('/v1/matchmaking', { token: player.token })).body).toEqual({ status: 'free' });
  });

  test('of somebody else, or made up, is not found', async () => {
    const [player, stranger] = [await node.signIn(), await node.signIn()];
    const ticket = await ticketOf(player, ['melee']);
    for (const id of [ticket, newKey()]) {
      expect(codeOf(await look(stranger, id))).toEqual([404, 'TICKET_NOT_FOUND']);
      const refused = await cancel(stranger, id);
      expect(codeOf(refused)).toEqual([404, 'TICKET_NOT_FOUND']);
      expect(await eventsOf(refused)).toEqual([]);
    }
    expect(codeOf(await look(player, 'no-ticket'))).toEqual([400, 'VALIDATION_FAILED']);
    await cancel(player, ticket);
  });

  test('expires, and its player may queue again', async () => {
    let now = Date.now();
    const clocked = await cluster.node({ now: () => now, settings: { 'matchmaking.ticketTtlSeconds': '60' } });
    const player = await clocked.signIn();
    const ticket = await ticketOf(player, ['solo'], 900_000, clocked);
    now += 60_000;
    expect((await look(player, ticket, clocked)).body).toEqual({ status: 'expired' });
    const next = await enqueue(player, ['solo'], 900_000, clocked);
    expect(next.status).toBe(201);
    await cancel(player, next.body.ticket, clocked);
    await clocked.stop();
  });
});

describe('a match', () => {
  test('takes the commands of its players, each once', async () => {
    const { alice, bob, match } = await duel();
    const key = newKey();
    const payload = { target_player_id: bob.id, strength: 2.5 };
    const replies = await Promise.all([1, 2, 3].map(() => send(alice, match, 'attack', payload, key)));
    for (const { status, body } of replies) expect([status, body]).toEqual([200, { accepted: true }]);
    expect((await send(bob, match, 'move', { x: 1, y: 2 }, newKey(), other)).status).toBe(200);
    expect((await matchFor(alice.token, match)).body.tick).toBe(2);
  });

  test('refuses what its state does not allow, and records nothing', async () => {
    const { alice, bob, match } = await duel();
    const stranger = await node.signIn();
    const before = (await matchFor(alice.token, match)).body;
    expect(codeOf(await send(stranger, match, 'attack'))).toEqual([403, 'NOT_A_PARTICIPANT']);
    expect(codeOf(await matchFor(stranger.token, match))).toEqual([403, 'NOT_A_PARTICIPANT']);
    expect(codeOf(await send(alice, newKey(), 'attack'))).toEqual([404, 'MATCH_NOT_FOUND']);
    expect(codeOf(await matchFor(alice.token, newKey()))).toEqual([404, 'MATCH_NOT_FOUND']);
    expect(codeOf(await send(alice, match, 'fly'))).toEqual([422, 'ILLEGAL_COMMAND']);
    expect(codeOf(await send(alice, match, 'attack', { target_player_id: alice.id }))).toEqual([
      422,
      'ILLEGAL_COMMAND',
    ]);
    expect(codeOf(await send(bob, match, 'use_item'))).toEqual([422, 'ILLEGAL_COMMAND']);
    expect(codeOf(await send(bob, match, 'ready', { note: 'x'.repeat(5_000) }))).toEqual([422, 'ILLEGAL_COMMAND']);
    expect(codeOf(await send(bob, match, 'ready', { note: '\0' }))).toEqual([400, 'VALIDATION_FAILED']);
    const path = `/v1/matches/${match}/command`;
    for (const body of [{ payload: {} }, { command: 7 }, { command: 'ready', payload: [] }, { command: 'ready', x: 1 }])
      expect(codeOf(await node.call(path, { token: alice.token, key: newKey(), body }))).toEqual([
        400,
        'VALIDATION_FAILED',
      ]);
    expect(codeOf(await node.call(path, { token: alice.token, body: { command: 'ready' } }))).toEqual([
      400,
      'IDEMPOTENCY_KEY_REQUIRED',
    ]);
    expect((await matchFor(alice.token, match)).body).toEqual(before);
  });

  test('ends when a team surrenders; then its players may queue again', async () => {
    const { alice, bob, match } = await duel();
    const surrendered = await send(bob, match, 'surrender');
    expect(surrendered.status).toBe(200);
    const { body } = await matchFor(alice.token, match, other);
    expect([body.status, body.result.end]).toEqual(['ended', 'surrender']);
    const winners = body.result.teams.filter(({ outcome }: { outcome: string }) => outcome === 'won');
    expect(winners.flatMap(({ players }: { players: unknown[] }) => players)).toEqual([
      { player_id: alice.id, score: 0 },
    ]);
    expect(codeOf(await send(alice, match, 'attack'))).toEqual([409, 'MATCH_ENDED']);
    for (const player of [alice, bob]) await cancel(player, await ticketOf(player, ['melee']));
    const wait = { 'sandai-wait-for': surrendered.headers.get('sandai-position')! };
    const list = await node.call('/v1/matches', { token: bob.token, headers: wait });
    expect(list.body.items).toEqual([
      expect.objectContaining({ match_id: match, mode: 'lonely', status: 'ended', outcome: 'lost', score: 0 }),
    ]);
  });

  test('ends with what its host reports', async () => {
    const { alice, bob, match } = await duel();
    const host = await cluster.serviceKey(['matches:write']);
    const { body: before } = await matchFor(host, match);
    const teamOf = (player: Player) =>
      before.teams.find(({ players }: { players: { player_id: string }[] }) => players[0]!.player_id === player.id)
        .team;
    const report = (body: object, token = host) =>
      node.call(`/v1/matches/${match}/result`, { token, body, key: newKey() });
    const teams = [
      { team: teamOf(alice), place: 2 },
      { team: teamOf(bob), place: 1 },
    ];
    expect(codeOf(await report({ teams }, alice.token))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await report({ teams: [teams[0], { team: 9, place: 1 }] }))).toEqual([422, 'RESULT_INCOMPLETE']);
    expect(codeOf(await report({ teams: [] }))).toEqual([400, 'VALIDATION_FAILED']);
    const scores = [{ player_id: bob.id, score: 21 }];
    expect((await report({ teams, scores })).body).toEqual({ match_id: match, status: 'ended' });
    expect(codeOf(await report({ teams, scores }))).toEqual([409, 'MATCH_ENDED']);
    const { body } = await matchFor(bob.token, match);
    expect(body.result).toMatchObject({ end: 'reported' });
    expect(body.result.teams.find(({ place }: { place: number }) => place === 1)).toEqual({
      team: teamOf(bob),
      place: 1,
      outcome: 'won',
      players: [{ player_id: bob.id, score: 21 }],
    });
  });

  test('takes 30 commands of a player in a second, as configured', async () => {
    const limited = await cluster.node({
      settings: { 'rateLimit.matchCommandsPerSecond': '2' },
      now: () => 1_900_000_000_000,
    });
    const player = await limited.signIn();
    const sent = [1, 2, 3].map(() => send(player, newKey(), 'ready', {}, newKey(), limited));
    const replies = (await Promise.all(sent)).map(codeOf).sort();
    expect(replies).toEqual([
      [404, 'MATCH_NOT_FOUND'],
      [404, 'MATCH_NOT_FOUND'],
      [429, 'RATE_LIMITED'],
    ]);
    await limited.stop();
  });
});

test('a list of matches comes in pages, the newest first', async () => {
  const [alice, bob] = [await node.signIn(), await node.signIn()];
  const played: string[] = [];
  let position = '';
  for (let round = 0; round < 3; round += 1) {
    const ticket = await ticketOf(alice, ['lonely']);
    await ticketOf(bob, ['lonely']);
    const match = await matchOf(alice, ticket);
    position = (await send(bob, match, 'surrender')).headers.get('sandai-position')!;
    played.unshift(match);
  }
  const page = (query: string) =>
    node.call(`/v1/matches?${query}`, { token: alice.token, headers: { 'sandai-wait-for': position } });
  const first = await page('limit=2');
  const second = await page(`limit=2&cursor=${first.body.next_cursor}`);
  const ids = [...first.body.items, ...second.body.items].map(({ match_id }: { match_id: string }) => match_id);
  expect([ids, second.body.next_cursor]).toEqual([played, null]);
  expect(codeOf(await page('cursor=nonsense'))).toEqual([400, 'VALIDATION_FAILED']);
});
