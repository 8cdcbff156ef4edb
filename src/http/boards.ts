import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SeasonName, TenantId } from '../events/ids.ts';
import { decodeBoardCursor, encodeBoardCursor } from '../projections/board-cursor.ts';
import { findProfiles } from '../projections/profiles.ts';
import type { RankedEntry, RankIndex } from '../projections/rank-index.ts';
import { findSeason } from '../projections/season-queries.ts';
import type { Right } from './caller.ts';
import type { Dependencies } from './dependencies.ts';
import { displayNames } from './display-names.ts';
import { cursorQuery, limitQuery } from './fields.ts';
import type { boardResponse } from './leaderboard.schema.ts';
import { invalid, Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';

/** Who reads boards, and what seasons and tournaments there are. */
export const boardReaders: readonly Right[] = [
  'player',
  'ops',
  'admin',
  'scope:scores:write',
  'scope:players:read',
  'scope:nakama',
];

export const boardPageQuery = z.object({ limit: limitQuery, cursor: cursorQuery });

/** Places on a board as clients see them. @property reachedAt µs since 1970 */
export async function shownEntries(
  dependencies: Dependencies,
  tenant: TenantId,
  entries: readonly Pick<RankedEntry, 'rank' | 'playerId' | 'score' | 'subscore' | 'reachedAt'>[],
): Promise<z.input<typeof boardResponse>['entries']> {
  const { sql, generations } = dependencies.reads;
  const players = entries.map(({ playerId }) => playerId);
  const names = await displayNames(dependencies, tenant, await findProfiles(sql, generations, tenant, players));
  return entries.map(({ rank, playerId, score, subscore, reachedAt }) => ({
    rank,
    player_id: playerId,
    display_name: names.get(playerId) ?? null,
    score,
    subscore,
    reached_at: new Date(reachedAt / 1000).toISOString(),
  }));
}

/** The board of a season. @throws Problem when there is no such season */
export async function boardOf(
  request: FastifyRequest,
  dependencies: Dependencies,
  tenant: TenantId,
  season: SeasonName,
): Promise<RankIndex> {
  const { boards, sql, generations } = dependencies.reads;
  const board = boards.open(tenant, season) ?? (await boards.read(tenant, season));
  if (board.size > 0) return board;
  // nobody has a score: whether the season is there stands in its row only, which may come later than the board
  await waitForRows(request, dependencies, ['leaderboards']);
  if ((await findSeason(sql, generations, tenant, season)) === null) throw new Problem('SEASON_NOT_FOUND');
  return board;
}

/** Where a page of a board begins; undefined = at the first rank. @throws Problem when the cursor is none of ours */
export function boardCursor(cursor: string | undefined) {
  const after = cursor === undefined ? undefined : decodeBoardCursor(cursor);
  if (after === null) throw invalid('query.cursor', 'must be the `next_cursor` of the page before');
  return after;
}

/** Answers with a page of a board. @param beside what else the answer has */
export async function sendBoardPage(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: Dependencies,
  { tenant, board }: { readonly tenant: TenantId; readonly board: RankIndex },
  page: { readonly after: ReturnType<typeof boardCursor>; readonly limit: number },
  beside: object = {},
): Promise<FastifyReply> {
  const { after, limit } = page;
  const found = after === undefined ? board.page(1, limit + 1) : board.pageAfter(after, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return sendRead(request, reply, {
    ...beside,
    entries: await shownEntries(dependencies, tenant, shown),
    next_cursor: found.length > limit && last !== undefined ? encodeBoardCursor(last.key) : null,
  });
}
