/** Slots in an order of the caller's, with ranks: a list of small sorted blocks. Inserting, removing and ranking touch one block and the
 *  counts of the others: microseconds at a million slots, four bytes each. */
export type SortedSlots = {
  readonly size: number;
  /** Adds a slot that is not in. */
  insert(slot: number): void;
  /** Removes a slot that is in; its place in the order must still be the one it was inserted with. */
  remove(slot: number): void;
  /** How many slots come before a place.
   *  @param before whether a slot comes before it; must be true for a leading part of the order only */
  countBefore(before: (slot: number) => boolean): number;
  /** Slots from an index of the order, at most `limit`. */
  slice(from: number, limit: number): number[];
};

const capacity = 1024;

type Block = { slots: Int32Array; count: number };

/** @param compare order of two slots, never 0 for different ones */
export function sortedSlots(compare: (slot: number, other: number) => number): SortedSlots {
  const blocks: Block[] = [{ slots: new Int32Array(capacity), count: 0 }];
  let size = 0;

  /** First index of an ascending range for which `before` is false. */
  const partitionPoint = (length: number, before: (index: number) => boolean): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Block in which a place lies: the first whose last slot does not come before it. */
  const blockAt = (before: (slot: number) => boolean): number =>
    Math.min(
      blocks.length - 1,
      partitionPoint(blocks.length, (index) => {
        const { slots, count } = blocks[index]!;
        return count > 0 && before(slots[count - 1]!);
      }),
    );
  const indexIn = ({ slots, count }: Block, before: (slot: number) => boolean): number =>
    partitionPoint(count, (index) => before(slots[index]!));

  const split = (at: number) => {
    const block = blocks[at]!;
    const half = block.count >>> 1;
    const upper: Block = { slots: new Int32Array(capacity), count: block.count - half };
    upper.slots.set(block.slots.subarray(half, block.count));
    block.count = half;
    blocks.splice(at + 1, 0, upper);
  };
  const mergeIfSmall = (at: number) => {
    const block = blocks[at]!;
    if (blocks.length === 1 || block.count >= capacity / 4) return;
    const left = at === 0 ? 0 : at - 1;
    const [into, from] = [blocks[left]!, blocks[left + 1]!];
    if (into.count + from.count > capacity / 2) return;
    into.slots.set(from.slots.subarray(0, from.count), into.count);
    into.count += from.count;
    blocks.splice(left + 1, 1);
  };

  return {
    get size() {
      return size;
    },
    insert(slot) {
      const before = (other: number) => compare(other, slot) < 0;
      let at = blockAt(before);
      if (blocks[at]!.count === capacity) {
        split(at);
        at = blockAt(before);
      }
      const block = blocks[at]!;
      const index = indexIn(block, before);
      block.slots.copyWithin(index + 1, index, block.count);
      block.slots[index] = slot;
      block.count += 1;
      size += 1;
    },
    remove(slot) {
      const before = (other: number) => compare(other, slot) < 0;
      const at = blockAt(before);
      const block = blocks[at]!;
      const index = indexIn(block, before);
      if (index >= block.count || block.slots[index] !== slot) throw new Error(`slot ${slot} is not in this order`);
      block.slots.copyWithin(index, index + 1, block.count);
      block.count -= 1;
      size -= 1;
      mergeIfSmall(at);
    },
    countBefore(before) {
      const at = blockAt(before);
      let count = indexIn(blocks[at]!, before);
      for (let index = 0; index < at; index += 1) count += blocks[index]!.count;
      return count;
    },
    slice(from, limit) {
      const found: number[] = [];
      let skip = Math.max(0, from);
      for (const { slots, count } of blocks) {
        if (skip >= count) {
          skip -= count;
          continue;
        }
        for (let index = skip; index < count && found.length < limit; index += 1) found.push(slots[index]!);
        if (found.length >= limit) break;
        skip = 0;
      }
      return found;
    },
  };
}
