import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Match } from '../../demo/elo.ts';
import { generateSeason, seededRandom } from '../../demo/generated-season.ts';
import { readMatches } from '../../demo/matches.ts';
import { type DemoResult, runDemo, seasonOf } from '../../demo/run.ts';
import { type SandaiProcess, startSandai, withoutRateLimits } from '../../demo/sandai-process.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const files = ['atp_matches_2022.csv.gz', 'atp_matches_2023.csv.gz'];
const dataDir = mkdtempSync(join(tmpdir(), 'sandai-demo-test-'));
let database: TestDatabase;
let server: SandaiProcess;
let adminToken: string;

beforeAll(async () => {
  database = await testDatabase();
  const env = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl };
  server = await startSandai({ dataDir, flags: withoutRateLimits, env });
  adminToken = await server.cli('token', '--role', 'admin');
});

afterAll(async () => {
  await server.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function play(season: string, matches: readonly Match[]): Promise<DemoResult> {
  const separate = roleOfUrl(database.url) !== roleOfUrl(database.ownerUrl);
  const urls = {
    databaseUrl: database.url,
    ownerUrl: database.ownerUrl,
    appRole: separate ? roleOfUrl(database.url) : undefined,
  };
  return runDemo({
    target: { url: server.url, adminToken, database: urls, stop: async () => undefined },
    season,
    matches,
    clients: 32,
    clientKey: null,
    random: seededRandom(7),
    say: () => undefined,
  });
}

/** Written again here on purpose: ratings by player of the file, all starting at 1500. */
function eloOf(matches: readonly Match[]): Map<string, number> {
  const ratings = new Map<string, number>();
  for (const { winnerId, loserId } of matches) {
    const [winner, loser] = [ratings.get(winnerId) ?? 1500, ratings.get(loserId) ?? 1500];
    const expected = 1 / (1 + 10 ** ((loser - winner) / 400));
    const gain = 32 * (1 - expected);
    ratings.set(winnerId, Math.floor(winner + gain + 0.5));
    ratings.set(loserId, Math.floor(loser - gain + 0.5));
  }
  return ratings;
}

type Reached = { readonly playerId: string; readonly score: number; readonly at: readonly bigint[] };

/** Order of a season as the log itself gives it: by score, then where in the log it was reached, then player id. */
async function orderInLog(season: string): Promise<string[]> {
  const rows = await database.query(
    `select data, partition::text as partition, position::text as position,
       (extract(epoch from recorded_at) * 1000000)::bigint::text as micros
     from events where type = 'LeaderboardUpdated' order by stream_id, version`,
  );
  const standings = new Map<string, Reached>();
  for (const { data, partition, position, micros } of rows) {
    const event = data as { season: string; playerId: string; standing: { score: number } };
    const { playerId } = event;
    if (event.season !== season || standings.get(playerId)?.score === event.standing.score) continue;
    const at = [BigInt(micros as string), BigInt(partition as string), BigInt(position as string)];
    standings.set(playerId, { playerId, score: event.standing.score, at });
  }
  const compare = (a: Reached, b: Reached): number => {
    if (a.score !== b.score) return b.score - a.score;
    const different = a.at.findIndex((part, index) => part !== b.at[index]);
    if (different !== -1) return a.at[different]! < b.at[different]! ? -1 : 1;
    return a.playerId < b.playerId ? -1 : 1;
  };
  return [...standings.values()].sort(compare).map(({ playerId }) => playerId);
}

async function checkSeason(season: string, matches: readonly Match[]): Promise<DemoResult> {
  const result = await play(season, matches);
  const { played, board, comparison } = result;
  const wanted = eloOf(matches);
  const scores = new Map(board.map(({ player_id, score }) => [player_id, score]));
  const shown = new Map([...played.players].map(([id, playerId]) => [id, scores.get(playerId)]));
  expect(shown).toEqual(wanted);
  expect(board).toHaveLength(wanted.size);
  expect(board.map(({ rank }) => rank)).toEqual(board.map((_, index) => index + 1));
  expect(board.map(({ player_id }) => player_id)).toEqual(await orderInLog(season));
  const names = new Map(
    matches.flatMap((match) => [
      [match.winnerId, match.winnerName],
      [match.loserId, match.loserName],
    ]),
  );
  const namesById = new Map([...played.players].map(([id, playerId]) => [playerId, names.get(id)]));
  for (const { player_id, display_name } of board) expect(display_name).toBe(namesById.get(player_id));
  expect(comparison).toMatchObject({ different: 0, rows: wanted.size + 1 });
  return result;
}

describe('a season played over HTTP', () => {
  test('ends with the ratings of an independent Elo fold, although requests are cut off and repeated', async () => {
    const { played, counts } = await checkSeason('generated', generateSeason(40, 300));
    expect(played.submissions).toBe(600);
    expect(played.repeats).toBeGreaterThan(0);
    expect(counts.cutOff).toBeGreaterThan(0);
    expect(counts.replayed).toBeGreaterThanOrEqual(played.repeats);
    const [{ n }] = (await database.query(
      `select count(*)::int as n from events where stream_id like 'entry-default\\_generated\\_%'`,
    )) as [{ n: number }];
    expect(n).toBe(600);
  });

  test('shows equal ratings in the order in which they were reached', async () => {
    // ten separate pairs: ten players share 1516, ten 1484
    const pairs = Array.from({ length: 10 }, (_, pair) => ({
      winnerId: `tie-${pair}w`,
      winnerName: `Winner ${pair}`,
      loserId: `tie-${pair}l`,
      loserName: `Loser ${pair}`,
    }));
    const { board } = await checkSeason('ties', pairs);
    expect(new Set(board.map(({ score }) => score))).toEqual(new Set([1516, 1484]));
  });

  const present = files.filter((file) => existsSync(join(shared, file)));
  test.runIf(process.env['CI'] !== undefined)('has the real seasons at hand', () => {
    expect(present).toEqual(files);
  });
  test.each(present)('ends with those ratings for %s', { timeout: 240_000 }, async (file) => {
    await checkSeason(seasonOf(file), readMatches(join(shared, file)));
  });
});
