import { ReadModelBehind } from '../cli/read-side.ts';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import type { FinalRanks } from '../ports/season-results.ts';
import type { Boards } from '../projections/boards.ts';

const timeoutMs = 3_000;

/** Final ranks, read from the boards of this node once they have everything. */
export const finalRanksOf = (
  log: Pick<EventLog, 'positions'>,
  boards: Pick<Boards, 'read' | 'name'>,
  waitForBoards: (position: LogPosition, timeoutMs: number) => Promise<boolean>,
): FinalRanks => ({
  async page(tenant, season, fromRank, limit) {
    if (!(await waitForBoards(await log.positions(), timeoutMs))) throw new ReadModelBehind(boards.name);
    const board = await boards.read(tenant, season);
    return fromRank > board.size ? [] : board.page(fromRank, limit);
  },
});
