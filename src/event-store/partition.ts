/** Name of the hash below as `log_info.stream_hash` holds it; a log keeps the one it was made with. */
export const streamHashName = 'fnv1a32';

/** Partition of a stream: 32-bit FNV-1a over the UTF-16 code units, modulo the number of partitions.
 *  @see http://www.isthe.com/chongo/tech/comp/fnv/ */
export function partitionOf(streamId: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < streamId.length; index += 1) {
    hash = Math.imul(hash ^ streamId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
