import type { PlayerId } from '../events/ids.ts';

/** Numbers players from 0 in the order of their first appearance, in 24 bytes each instead of a string and an object. Ids are lower-case UUIDs. */
export type PlayerSlots = {
  readonly size: number;
  /** Slot of a player, -1 when it has none. */
  find(player: PlayerId): number;
  /** Slot of a player; a new one when it has none. */
  claim(player: PlayerId): number;
  idOf(slot: number): PlayerId;
  /** Order of two players' ids as text: negative, 0, positive. */
  compare(slot: number, other: number): number;
};

const words = 4;
const dashAfter = [8, 12, 16, 20];

/** The four 32-bit words of a UUID. @throws TypeError when it is none */
export function uuidWords(id: string, into: Uint32Array, at: number): void {
  const hex = id.replaceAll('-', '');
  if (hex.length !== 32) throw new TypeError(`"${id}" is not a UUID`);
  for (let word = 0; word < words; word += 1) {
    const value = Number(`0x${hex.slice(word * 8, word * 8 + 8)}`);
    if (Number.isNaN(value)) throw new TypeError(`"${id}" is not a UUID`);
    into[at + word] = value;
  }
}

const hash = (ids: Uint32Array, at: number): number => {
  let mixed = ids[at]! ^ Math.imul(ids[at + 1]!, 0x9e3779b1);
  mixed ^= Math.imul(ids[at + 2]!, 0x85ebca6b) ^ Math.imul(ids[at + 3]!, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
};

export function playerSlots(): PlayerSlots {
  let ids = new Uint32Array(words * 64);
  let buckets = new Int32Array(128).fill(-1);
  let size = 0;
  const wanted = new Uint32Array(words);

  const same = (slot: number): boolean => {
    for (let word = 0; word < words; word += 1) if (ids[slot * words + word] !== wanted[word]) return false;
    return true;
  };
  /** Bucket that holds the wanted id, or the empty one where it belongs. */
  const bucketOfWanted = (): number => {
    const mask = buckets.length - 1;
    let bucket = hash(wanted, 0) & mask;
    while (buckets[bucket] !== -1 && !same(buckets[bucket]!)) bucket = (bucket + 1) & mask;
    return bucket;
  };
  const grow = () => {
    const more = new Uint32Array(ids.length * 2);
    more.set(ids);
    ids = more;
    buckets = new Int32Array(buckets.length * 2).fill(-1);
    const mask = buckets.length - 1;
    for (let slot = 0; slot < size; slot += 1) {
      let bucket = hash(ids, slot * words) & mask;
      while (buckets[bucket] !== -1) bucket = (bucket + 1) & mask;
      buckets[bucket] = slot;
    }
  };

  return {
    get size() {
      return size;
    },
    find(player) {
      uuidWords(player, wanted, 0);
      return buckets[bucketOfWanted()]!;
    },
    claim(player) {
      uuidWords(player, wanted, 0);
      let bucket = bucketOfWanted();
      if (buckets[bucket] !== -1) return buckets[bucket]!;
      if ((size + 1) * words > ids.length) {
        grow();
        bucket = bucketOfWanted();
      }
      ids.set(wanted, size * words);
      buckets[bucket] = size;
      size += 1;
      return size - 1;
    },
    idOf(slot) {
      let hex = '';
      for (let word = 0; word < words; word += 1) hex += ids[slot * words + word]!.toString(16).padStart(8, '0');
      const [a, b, c, d] = dashAfter as [number, number, number, number];
      return `${hex.slice(0, a)}-${hex.slice(a, b)}-${hex.slice(b, c)}-${hex.slice(c, d)}-${hex.slice(d)}` as PlayerId;
    },
    compare(slot, other) {
      for (let word = 0; word < words; word += 1) {
        const difference = ids[slot * words + word]! - ids[other * words + word]!;
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}
