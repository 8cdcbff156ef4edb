/** @property free nobody's, or its lease ran out */
export type PartitionHold = { readonly partition: number; readonly owner: string | null; readonly free: boolean };

/** What one process should give up and claim so that `liveOwners` processes (itself included) share evenly.
 *  @returns `claim` partitions that are free now, at most up to the fair share; `release` what is held beyond it */
export function fairShare(holds: readonly PartitionHold[], me: string, liveOwners: number) {
  const target = Math.ceil(holds.length / Math.max(1, liveOwners));
  const mine = holds.filter((hold) => hold.owner === me);
  return {
    release: mine.slice(target).map((hold) => hold.partition),
    claim: holds
      .filter((hold) => hold.free && hold.owner !== me)
      .slice(0, Math.max(0, target - mine.length))
      .map((hold) => hold.partition),
  };
}
