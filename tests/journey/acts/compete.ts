import { foldAttempts } from '../folds/leaderboard.ts';
import { foldMatches } from '../folds/match.ts';
import { readLog } from '../log.ts';
import { gold, type Player, playerCount, type Stage } from '../stage.ts';

export const operators = ['best', 'latest', 'sum'] as const;
export const seasonOf = (operator: string) => `journey-${operator}`;
const rewards = [
  { from_rank: 1, to_rank: 1, grants: gold(100) },
  { from_rank: 2, to_rank: 5, grants: gold(20) },
];

/** Everybody submits scores to three seasons; the newest score of every fifth player is taken back. */
export async function score({ cluster, admin, ops, players, each, upTo }: Stage): Promise<void> {
  for (const operator of operators)
    await admin.post('/v1/seasons', {
      body: { season: seasonOf(operator), operator, ...(operator === 'sum' && { rewards }) },
    });
  await each(async ({ client }) => {
    for (let attempt = 0; attempt < 4; attempt += 1)
      for (const operator of operators)
        await client.post('/v1/leaderboards/{season}/score', {
          path: { season: seasonOf(operator) },
          body: { score: upTo(25), subscore: upTo(3) }, // few values, so that many are equal
        });
  });
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

/** Everybody finds an opponent; some matches are given up, one is decided by a service, some go on. */
export async function play({ cluster, players, service, each, eventsReach }: Stage): Promise<void> {
  const enqueue = async ({ client, tickets }: Player) => {
    const { ticket } = await client.post('/v1/matchmaking/enqueue', { body: { skill: 1_000, modes: ['solo'] } });
    tickets.push(ticket);
  };
  await each(enqueue);
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
  const teams = [
    { team: 1, place: 2 },
    { team: 2, place: 1 },
  ];
  const scores = [{ player_id: matches[1]!.teams[0]![0]!.id, score: 7 }];
  await service.post('/v1/matches/{match_id}/result', {
    path: { match_id: matches[1]!.matchId },
    body: { teams, scores },
  });
  await eventsReach('RatingChanged', 2 * (Math.ceil(matches.length / 2) + 1));
}

/** A tournament is played while it runs; it and another one, that nobody looked after, are told to end. */
export async function hold({ admin, advance, now, each, upTo, eventsReach }: Stage): Promise<void> {
  const inTwoMinutes = new Date(now() + 120_000);
  const cron = `${inTwoMinutes.getUTCMinutes()} * * * *`;
  for (const [tournament, max_entries] of [
    ['cup', 10],
    ['league', null],
  ] as const)
    await admin.post('/v1/tournaments', {
      body: { tournament, operator: 'sum', cron, duration_s: 1_800, max_entries, rewards: [] },
    });
  advance(120_000);
  await eventsReach('TournamentOccurrenceOpened', 2);
  await each(
    async ({ client }) => {
      await client.post('/v1/tournaments/{tournament}/join', { path: { tournament: 'league' } });
      const path = { tournament: 'cup' };
      await client.post('/v1/tournaments/{tournament}/join', { path });
      for (let attempt = 0; attempt < 2; attempt += 1)
        await client.post('/v1/tournaments/{tournament}/score', { path, body: { score: upTo(50) } });
    },
    (index) => index % 5 === 1,
  );
  await admin.post('/v1/tournaments/{tournament}/end', { path: { tournament: 'cup' } });
}
