import { basename } from 'node:path';
import { type Api, type Counts, createApi, Refused } from './api.ts';
import { type BoardEntry, readBoard, waitForBoard } from './board.ts';
import { type Match, rateMatches } from './elo.ts';
import { type Played, playSeason } from './play.ts';
import { type Comparison, rebuildAndCompare } from './rebuild.ts';
import type { Target } from './target.ts';

/** @property season its name; @property random from 0 to 1, decides which writes are cut off and repeated */
export type DemoRun = {
  readonly target: Target;
  readonly season: string;
  readonly matches: readonly Match[];
  readonly clients: number;
  readonly clientKey: string | null;
  readonly random: () => number;
  readonly say: (line: string) => void;
};

/** @property comparison null where the server's database is out of reach */
export type DemoResult = {
  readonly played: Played;
  readonly counts: Counts;
  readonly board: readonly BoardEntry[];
  readonly comparison: Comparison | null;
};

const cutOffShare = 0.03;
const repeatShare = 0.1;

/** Season name of a file: its own name, as far as season names go. */
export const seasonOf = (path: string): string =>
  basename(path)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 64);

async function openSeason(api: Api, { season, target, say }: DemoRun): Promise<void> {
  try {
    await api({
      method: 'POST',
      path: '/v1/seasons',
      headers: { authorization: `Bearer ${target.adminToken}` },
      body: { season, operator: 'latest' },
    });
  } catch (error) {
    if (!(error instanceof Refused && error.status === 409)) throw error;
    say(`season ${season} is there already and goes on`);
  }
}

/** Plays a season against a server, reads its leaderboard, rebuilds it from the log and compares. */
export async function runDemo(run: DemoRun): Promise<DemoResult> {
  const { target, season, matches, clients, clientKey, random, say } = run;
  const counts: Counts = { requests: 0, retries: 0, cutOff: 0, replayed: 0 };
  const api = createApi(target.url, counts);
  await openSeason(api, run);
  say(`playing ${matches.length} matches in season ${season}, ${clients} at a time, on ${target.url}`);
  const played = await playSeason(api, rateMatches(matches), {
    season,
    clients,
    clientKey,
    random,
    cutOffShare,
    repeatShare,
  });
  const during = { ...counts };
  if (played.position !== null) await waitForBoard(api, season, target.adminToken, played.position);
  const board = await readBoard(api, season, target.adminToken);
  const rate = (count: number) => `${Math.round(count / played.seconds).toLocaleString('en-US')}/s`;
  say(
    `throughput  ${played.submissions} scores of ${played.players.size} players in ${played.seconds.toFixed(1)} s: ${rate(played.submissions)} (${during.requests} requests, ${rate(during.requests)})`,
  );
  say(`retries     ${during.retries}, ${during.cutOff} of them after a connection cut on purpose`);
  say(`duplicates  ${played.repeats} sent on purpose, ${during.replayed} answers came from the idempotency store`);
  say(`top 10 of ${board.length}`);
  for (const { rank, display_name, score } of board.slice(0, 10))
    say(`${`${rank}`.padStart(4)}  ${(display_name ?? '?').padEnd(32)} ${score}`);
  const comparison = target.database === null ? null : await rebuildAndCompare(target.database, season);
  say(sentenceOf(comparison));
  return { played, counts: during, board, comparison };
}

function sentenceOf(comparison: Comparison | null): string {
  if (comparison === null)
    return 'rebuild     left out: --data-dir or DATABASE_URL must name the database of the server';
  const { rebuilt, rows, different } = comparison;
  const done = `rebuild     ${rebuilt.events} events from position 0 in ${rebuilt.seconds.toFixed(1)} s (${Math.round(rebuilt.eventsPerSecond).toLocaleString('en-US')}/s)`;
  return different === 0
    ? `${done}: all ${rows} rows equal the live ones`
    : `${done}: ${different} rows DIFFER from the live ones`;
}
