import { expect, test } from 'vitest';
import { operators, seasonOf } from '../acts/compete.ts';
import { foldBoard, foldSeasons } from '../folds/leaderboard.ts';
import { foldMatches, foldPlayed, foldRatings, shownMatch } from '../folds/match.ts';
import { shown } from '../log.ts';
import { all, gold, type Journey, playerCount } from '../stage.ts';

/** What players see of seasons, boards and matches. */
export function competitionReads(journey: () => Journey): void {
  test('the seasons are those of the events', async () => {
    const { log, players, waitFor } = journey();
    const shownSeasons = await all(players[0]!.client.pages('/v1/seasons', { query: { limit: 2 }, waitFor }));
    const folded = [...foldSeasons(log)].map(([season, fold]) => ({ season, ...fold }));
    expect(shownSeasons.map(({ season, operator, status }) => ({ season, operator, status }))).toEqual(
      folded.sort((one, other) => (one.season < other.season ? -1 : 1)),
    );
  });

  test.each(operators)(
    "the board of the operator %s is what the attempts add up to, with every player's name",
    async (operator) => {
      const { log, players, waitFor } = journey();
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
    const { log, players, waitFor } = journey();
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
    const { log, players, waitFor } = journey();
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

  test('matches are those of the events, for everybody who plays in them', async () => {
    const { log, players, waitFor } = journey();
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
    const { log } = journey();
    const granted = log.filter(({ type }) => type === 'RewardGranted').map(({ data }) => data);
    const winners = foldBoard(log, seasonOf('sum'), 'sum').slice(0, 5);
    expect(granted.sort((one, other) => one.rank - other.rank)).toMatchObject(
      winners.map(({ rank, player_id }) => ({ playerId: player_id, rank, grants: gold(rank === 1 ? 100 : 20) })),
    );
  });

  test('a tournament shows as many entries as may be in it, and its board', async () => {
    const { log, players, waitFor } = journey();
    const path = { tournament: 'cup' };
    const { client } = players[0]!;
    const { items } = await client.get('/v1/tournaments/{tournament}/occurrences', { path, waitFor });
    expect(items).toMatchObject([{ entries: 10 }]);
    const board = client.pages('/v1/tournaments/{tournament}/leaderboard', { path, query: { limit: 4 }, waitFor });
    const entries = (await all(board)).map(({ display_name: _, ...entry }) => entry);
    expect(entries).toEqual(foldBoard(log, items[0]!.season, 'sum'));
    expect(entries).toHaveLength(10);
  });
}
