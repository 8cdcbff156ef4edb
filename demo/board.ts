import type { Api } from './api.ts';

export type BoardEntry = {
  readonly rank: number;
  readonly player_id: string;
  readonly display_name: string | null;
  readonly score: number;
};

const pathOf = (season: string) => `/v1/leaderboards/${encodeURIComponent(season)}`;

/** Waits until the leaderboard shows everything up to a position. */
export async function waitForBoard(api: Api, season: string, token: string, position: string) {
  const headers = { authorization: `Bearer ${token}`, 'sandai-wait-for': position };
  await api({ method: 'GET', path: `${pathOf(season)}?limit=1`, headers });
}

/** Reads a whole leaderboard, page by page. */
export async function readBoard(api: Api, season: string, token: string): Promise<readonly BoardEntry[]> {
  const entries: BoardEntry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await api({
      method: 'GET',
      path: `${pathOf(season)}?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      headers: { authorization: `Bearer ${token}` },
    });
    const { entries: more, next_cursor } = JSON.parse(page.body) as {
      entries: BoardEntry[];
      next_cursor: string | null;
    };
    entries.push(...more);
    cursor = next_cursor;
  }
  return entries;
}
