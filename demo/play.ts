import { createHash } from 'node:crypto';
import type { Answer, Api, Call } from './api.ts';
import type { RatedMatch } from './elo.ts';

/** @property clients      matches under way at once
 *  @property clientKey    names the tenant; null = the server's default
 *  @property cutOffShare  share of writes whose connection is cut on purpose
 *  @property repeatShare  share of writes that are sent again on purpose
 *  @property random       from 0 to 1 */
export type PlayOptions = {
  readonly season: string;
  readonly clients: number;
  readonly clientKey: string | null;
  readonly cutOffShare: number;
  readonly repeatShare: number;
  readonly random: () => number;
};

/** @property players    the server's player ids by the file's
 *  @property submissions scores that were accepted
 *  @property repeats    writes sent again on purpose
 *  @property position   the last place in each partition of the log that was written to; null when nothing was */
export type Played = {
  readonly players: ReadonlyMap<string, string>;
  readonly submissions: number;
  readonly repeats: number;
  readonly seconds: number;
  readonly position: string | null;
};

type Player = { readonly playerId: string; readonly token: string };

/** 10 to 128 visible bytes, whatever the id is. */
export const deviceIdOf = (id: string): string =>
  `demo-player-${/^[\w.-]{1,100}$/.test(id) ? id : createHash('sha256').update(id).digest('hex')}`;

/** Plays a season: each match waits for the matches before it of both its players, otherwise all go side by side. */
export async function playSeason(api: Api, matches: readonly RatedMatch[], options: PlayOptions): Promise<Played> {
  const { season, random } = options;
  const startedAt = performance.now();
  const players = new Map<string, Promise<Player>>();
  const tails = new Map<string, Promise<void>>();
  let submissions = 0;
  let repeats = 0;
  const positions: string[] = [];

  /** Writes once, and now and then badly: cut off, or twice with the same key. */
  const write = async (request: Call): Promise<Answer> => {
    const answer = await api(request, random() < options.cutOffShare ? random() * 5 : undefined);
    if (random() < options.repeatShare) {
      repeats += 1;
      const again = await api(request);
      if (again.body !== answer.body || again.status !== answer.status)
        throw new Error(`${request.method} ${request.path} was answered anew when it was repeated: ${again.body}`);
    }
    if (answer.position !== null) positions.push(answer.position);
    return answer;
  };

  const join = async (id: string, name: string): Promise<Player> => {
    const deviceId = deviceIdOf(id);
    const signedIn = await write({
      method: 'POST',
      path: '/v1/auth/device',
      headers: {
        'idempotency-key': `demo-sign-in-${season}-${deviceId}-${process.pid}`,
        ...(options.clientKey && { 'x-client-key': options.clientKey }),
      },
      body: { device_id: deviceId },
    });
    const { player_id: playerId, session_token: token } = JSON.parse(signedIn.body) as Record<string, string>;
    await write({
      method: 'PATCH',
      path: '/v1/profile',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': `demo-name-${season}` },
      body: { display_name: [...name].slice(0, 32).join('') },
    });
    return { playerId: playerId!, token: token! };
  };
  const playerOf = (id: string, name: string): Promise<Player> => {
    const known = players.get(id) ?? join(id, name);
    players.set(id, known);
    return known;
  };
  const submit = async (id: string, name: string, score: number, row: number) => {
    const { token } = await playerOf(id, name);
    await write({
      method: 'POST',
      path: `/v1/leaderboards/${encodeURIComponent(season)}/score`,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': `demo-match-${season}-${row}` },
      body: { score, metadata: { match: row } },
    });
    submissions += 1;
  };

  const free = createSemaphore(options.clients);
  let failed: unknown;
  const all = matches.map((match, index) => {
    const before = [tails.get(match.winnerId), tails.get(match.loserId)];
    const played = Promise.all(before).then(() =>
      free(async () => {
        if (failed !== undefined) return;
        await Promise.all([
          submit(match.winnerId, match.winnerName, match.winnerRating, index + 1),
          submit(match.loserId, match.loserName, match.loserRating, index + 1),
        ]).catch((error) => {
          failed ??= error;
        });
      }),
    );
    tails.set(match.winnerId, played);
    tails.set(match.loserId, played);
    return played;
  });
  await Promise.all(all);
  if (failed !== undefined) throw failed;
  const ids = await Promise.all([...players].map(async ([id, player]) => [id, (await player).playerId] as const));
  return {
    players: new Map(ids),
    submissions,
    repeats,
    seconds: (performance.now() - startedAt) / 1000,
    position: lastOf(positions),
  };
}

/** The last place of each partition that any of the positions names; they are of one log: `<log>.<partition>-<place>,…`. */
export function lastOf(positions: readonly string[]): string | null {
  const last = new Map<string, bigint>();
  for (const position of positions)
    for (const each of position.slice(position.indexOf('.') + 1).split(',')) {
      const [partition = '', place = '0'] = each.split('-');
      if (BigInt(place) > (last.get(partition) ?? 0n)) last.set(partition, BigInt(place));
    }
  const [first] = positions;
  if (first === undefined) return null;
  return `${first.slice(0, first.indexOf('.'))}.${[...last].map(([partition, place]) => `${partition}-${place}`).join(',')}`;
}

/** Lets at most so many works run at once, first come first served. */
function createSemaphore(places: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
