/** Buckets of players. This file, `targeting.ts` and `assignment.ts` also run where there is nothing but ES5, in Nakama's Goja:
 *  they use no function that came later, and nothing of Node. */

const wholeBasisPoints = 10_000;

/** Low 32 bits of a product. */
const multiply = (a: number, b: number): number => {
  const low = a & 0xffff;
  const high = a >>> 16;
  return (low * b + (((high * b) & 0xffff) << 16)) | 0;
};

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const mix = (block: number): number => multiply(rotate(multiply(block, 0xcc9e2d51), 15), 0x1b873593);

/** UTF-8 of a text; halves of a character become U+FFFD. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        at += 1;
      } else code = 0xfffd;
    }
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return bytes;
}

/** MurmurHash3, x86, 32 bits, of a text in UTF-8.
 *  @returns 0 to 2^32 − 1
 *  @see https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (public domain) */
export function murmur3(text: string, seed: number): number {
  const bytes = utf8(text);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed | 0;
  for (let at = 0; at < whole; at += 4) {
    const block =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    hash = (multiply(rotate(hash ^ mix(block), 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | (bytes[at] as number);
  if (bytes.length > whole) hash ^= mix(tail);
  hash ^= bytes.length;
  hash = multiply(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = multiply(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A player's bucket for one purpose, 0 to 9,999; those for different purposes have nothing to do with each other.
 *  @param purpose what it decides, such as `cohort/new-shop/1` */
export const bucketOf = (purpose: string, player: string): number =>
  Math.floor((murmur3(`${purpose}/${player}`, 0) * wholeBasisPoints) / 4_294_967_296);
