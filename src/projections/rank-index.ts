import type { PlayerId } from '../events/ids.ts';
import { playerSlots } from './player-slots.ts';
import { sortedSlots } from './sorted-slots.ts';
import type { Standing } from './standing.ts';

/** @property reachedAt µs since 1970 */
export type RankedEntry = {
  readonly rank: number;
  readonly playerId: PlayerId;
  readonly score: number;
  readonly subscore: number;
  readonly reachedAt: number;
  readonly key: EntryKey;
};

/** Place of an entry in the order of its board, also after the entry has moved on. */
export type EntryKey = {
  readonly score: number;
  readonly subscore: number;
  readonly reachedAt: number;
  readonly partition: number;
  readonly position: number;
  readonly playerId: PlayerId;
};

/** The board of one season, ranked: ordinal ranks from 1, ties by who reached the score first, then by player id. About 80 bytes an entry. */
export type RankIndex = {
  /** Entries with a standing score. */
  readonly size: number;
  /** Takes the state of a player's entry; an older or the same version changes nothing, so the order of calls does not matter.
   *  @param standing null = no entry any more */
  apply(playerId: PlayerId, version: bigint, standing: Standing | null): void;
  /** Rank that a player would have if these points stood now, reached after everything else; the player's present entry is left out. */
  rankWith(playerId: PlayerId, points: { readonly score: number; readonly subscore: number }): number;
  /** Rank of a player's entry, null when there is none. */
  rankOf(playerId: PlayerId): number | null;
  entryOf(playerId: PlayerId): RankedEntry | null;
  /** Entries from a rank on. */
  page(fromRank: number, limit: number): readonly RankedEntry[];
  /** Entries that come after a place in the order, wherever its entry stands now. */
  pageAfter(key: EntryKey, limit: number): readonly RankedEntry[];
  /** Entries with the player's in the middle as far as the board allows; empty when there is none. */
  around(playerId: PlayerId, limit: number): readonly RankedEntry[];
};

/** Numbers per slot, grown by doubling. */
function columns() {
  let capacity = 64;
  const all = {
    score: new Float64Array(capacity),
    subscore: new Float64Array(capacity),
    reachedAt: new Float64Array(capacity),
    position: new Float64Array(capacity),
    version: new Float64Array(capacity),
    partition: new Int32Array(capacity),
    standing: new Uint8Array(capacity),
  };
  const grown = <Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column => {
    const more = new (column.constructor as new (length: number) => Column)(capacity);
    more.set(column);
    return more;
  };
  return {
    all,
    reserve(slots: number) {
      if (slots <= capacity) return;
      capacity *= 2;
      all.score = grown(all.score);
      all.subscore = grown(all.subscore);
      all.reachedAt = grown(all.reachedAt);
      all.position = grown(all.position);
      all.version = grown(all.version);
      all.partition = grown(all.partition);
      all.standing = grown(all.standing);
    },
  };
}

export function createRankIndex(): RankIndex {
  const players = playerSlots();
  const { all: at, reserve } = columns();
  const order = sortedSlots(
    (slot, other) =>
      at.score[other]! - at.score[slot]! ||
      at.subscore[other]! - at.subscore[slot]! ||
      at.reachedAt[slot]! - at.reachedAt[other]! ||
      at.partition[slot]! - at.partition[other]! ||
      at.position[slot]! - at.position[other]! ||
      players.compare(slot, other),
  );

  const stands = (slot: number): boolean => slot !== -1 && at.standing[slot] === 1;
  const rankOfSlot = (slot: number): number => {
    const key = keyOf(slot);
    return order.countBefore((other) => isBefore(other, key)) + 1;
  };
  const keyOf = (slot: number): EntryKey => ({
    score: at.score[slot]!,
    subscore: at.subscore[slot]!,
    reachedAt: at.reachedAt[slot]!,
    partition: at.partition[slot]!,
    position: at.position[slot]!,
    playerId: players.idOf(slot),
  });
  const isBefore = (slot: number, key: EntryKey): boolean => {
    const difference =
      key.score - at.score[slot]! ||
      key.subscore - at.subscore[slot]! ||
      at.reachedAt[slot]! - key.reachedAt ||
      at.partition[slot]! - key.partition ||
      at.position[slot]! - key.position;
    return difference !== 0 ? difference < 0 : players.idOf(slot) < key.playerId;
  };
  const entries = (from: number, limit: number): RankedEntry[] =>
    order.slice(from, limit).map((slot, index) => entryAt(slot, from + index + 1));
  const entryAt = (slot: number, rank: number): RankedEntry => {
    const key = keyOf(slot);
    const { playerId, score, subscore, reachedAt } = key;
    return { rank, playerId, score, subscore, reachedAt, key };
  };

  return {
    get size() {
      return order.size;
    },
    apply(playerId, version, standing) {
      const slot = players.claim(playerId);
      reserve(slot + 1);
      if (Number(version) <= at.version[slot]!) return;
      if (stands(slot)) order.remove(slot);
      at.version[slot] = Number(version);
      at.standing[slot] = standing === null ? 0 : 1;
      if (standing === null) return;
      at.score[slot] = standing.score;
      at.subscore[slot] = standing.subscore;
      at.reachedAt[slot] = Number(standing.reachedAt);
      at.partition[slot] = standing.partition;
      at.position[slot] = Number(standing.position);
      order.insert(slot);
    },
    rankWith(playerId, { score, subscore }) {
      const own = players.find(playerId);
      const comesBefore = (slot: number) =>
        at.score[slot]! > score || (at.score[slot] === score && at.subscore[slot]! >= subscore);
      const before = order.countBefore(comesBefore);
      return before + 1 - (stands(own) && comesBefore(own) ? 1 : 0);
    },
    rankOf(playerId) {
      const slot = players.find(playerId);
      return stands(slot) ? rankOfSlot(slot) : null;
    },
    entryOf(playerId) {
      const slot = players.find(playerId);
      return stands(slot) ? entryAt(slot, rankOfSlot(slot)) : null;
    },
    page: (fromRank, limit) => entries(Math.max(0, fromRank - 1), limit),
    pageAfter(key, limit) {
      const after = order.countBefore((slot) => isBefore(slot, key) || isAt(slot, key));
      return entries(after, limit);
    },
    around(playerId, limit) {
      const slot = players.find(playerId);
      if (!stands(slot)) return [];
      const middle = rankOfSlot(slot) - 1 - Math.floor((limit - 1) / 2);
      return entries(Math.max(0, Math.min(middle, order.size - limit)), limit);
    },
  };

  function isAt(slot: number, key: EntryKey): boolean {
    return (
      at.score[slot] === key.score &&
      at.subscore[slot] === key.subscore &&
      at.reachedAt[slot] === key.reachedAt &&
      at.partition[slot] === key.partition &&
      at.position[slot] === key.position &&
      players.idOf(slot) === key.playerId
    );
  }
}
