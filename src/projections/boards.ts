import { setImmediate as breathe } from 'node:timers/promises';
import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { SeasonName, TenantId } from '../events/ids.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';
import type { SeasonEvent } from '../events/season.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, LogView } from '../ports/projection.ts';
import { entriesPage, nextKnownSeason } from './board-queries.ts';
import { leaderboards } from './leaderboards.ts';
import { createRankIndex, type RankIndex } from './rank-index.ts';
import { standingAfter } from './standing.ts';

/** Boards of all seasons in memory, following the log. Open seasons are always there; closed ones are loaded when somebody reads them and
 *  leave again, the longest unread first. */
export type Boards = LogView & {
  /** The board of a season, at once; undefined = not in memory. Enough for a season that is open. */
  open(tenant: TenantId, season: SeasonName): RankIndex | undefined;
  /** The board of a season, loaded when it is not in memory. An unknown season gives an empty board that is not kept. */
  read(tenant: TenantId, season: SeasonName): Promise<RankIndex>;
  /** Boards and entries in memory. */
  readonly size: { readonly boards: number; readonly entries: number };
};

/** @property checkpoints      positions that the `leaderboards` rows hold, read anew
 *  @property waitForRows      resolves when the rows hold everything up to the positions that the view has been brought to; throws when that takes
 *                             too long
 *  @property maxClosedEntries entries of closed seasons that may stay in memory, together; 1,000,000 when left out */
export type BoardsOptions = {
  readonly sql: Sql;
  readonly generations: Generations;
  readonly checkpoints: () => Promise<ReadonlyMap<number, bigint>>;
  readonly waitForRows: () => Promise<void>;
  readonly maxClosedEntries?: number;
  readonly pageSize?: number;
};

type Board = { readonly index: RankIndex; closed: boolean; ready: Promise<void> | null };

const boardKey = (tenant: string, season: string): string => `${tenant}/${season}`;

export function createBoards(options: BoardsOptions): Boards {
  const { sql, generations, maxClosedEntries = 1_000_000, pageSize = 5_000 } = options;
  // in the order of the last read, which only matters for closed ones
  const boards = new Map<string, Board>();
  // closed seasons that are not in memory: their events are left to the rows
  const away = new Set<string>();

  const fill = async (index: RankIndex, tenant: TenantId, season: SeasonName) => {
    for (let after: string | null = null; ; ) {
      const rows = await entriesPage(sql, generations, { tenant, season }, after, pageSize);
      for (const { playerId, version, standing } of rows) index.apply(playerId, version, standing);
      if (rows.length < pageSize) return;
      after = rows.at(-1)!.playerId;
      await breathe();
    }
  };

  const evict = () => {
    let entries = 0;
    for (const { closed, index } of boards.values()) if (closed) entries += index.size;
    for (const [key, board] of boards) {
      if (entries <= maxClosedEntries) return;
      if (!board.closed || board.ready !== null) continue;
      boards.delete(key);
      away.add(key);
      entries -= board.index.size;
    }
  };

  /** Starts to follow a closed season's events, then adds its rows, which hold all that came before. */
  const bringBack = (tenant: TenantId, season: SeasonName): Board => {
    const key = boardKey(tenant, season);
    const index = createRankIndex();
    const board: Board = { index, closed: true, ready: null };
    away.delete(key);
    boards.set(key, board);
    board.ready = (async () => {
      try {
        await options.waitForRows();
        await fill(index, tenant, season);
        board.ready = null;
        evict();
      } catch (error) {
        boards.delete(key);
        away.add(key);
        throw error;
      }
    })();
    return board;
  };

  const boardOf = (tenant: string, season: string): Board | null => {
    const key = boardKey(tenant, season);
    const known = boards.get(key);
    if (known !== undefined || away.has(key)) return known ?? null;
    // never heard of at the start, so all its events come this way
    const board: Board = { index: createRankIndex(), closed: false, ready: null };
    boards.set(key, board);
    return board;
  };

  return {
    name: 'boards',
    types: leaderboards.types,
    async load() {
      // positions first: rows may be newer, and what is applied twice changes nothing
      const from = await options.checkpoints();
      for (let after = { tenant: '', season: '' }; ; ) {
        const known = await nextKnownSeason(sql, generations, after);
        if (known === null) return from;
        after = known;
        const key = boardKey(known.tenant, known.season);
        if (known.status === 'closed') {
          boards.delete(key); // of an event that came meanwhile, without the rows
          away.add(key);
          continue;
        }
        await fill(boardOf(known.tenant, known.season)!.index, known.tenant, known.season);
      }
    },
    apply(event: RecordedEvent) {
      const parsed = parseEventAs<LeaderboardEntryEvent | SeasonEvent>(event);
      const board = boardOf(parsed.tenant, parsed.data.season);
      if (board === null) return;
      if (parsed.type === 'SeasonClosed') {
        board.closed = true;
        evict();
      } else if (parsed.type === 'LeaderboardUpdated' || parsed.type === 'ScoreWithdrawn') {
        board.index.apply(parsed.data.playerId, parsed.version, standingAfter(parsed));
      }
    },
    open(tenant, season) {
      const board = boards.get(boardKey(tenant, season));
      return board?.ready === null ? board.index : undefined;
    },
    async read(tenant, season) {
      const key = boardKey(tenant, season);
      const board = boards.get(key) ?? (away.has(key) ? bringBack(tenant, season) : undefined);
      if (board === undefined) return createRankIndex();
      if (board.closed) {
        boards.delete(key);
        boards.set(key, board);
      }
      if (board.ready !== null) await board.ready;
      return board.index;
    },
    get size() {
      let entries = 0;
      for (const { index } of boards.values()) entries += index.size;
      return { boards: boards.size, entries };
    },
  };
}
