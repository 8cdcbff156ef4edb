/** How far apart in skill two tickets may be.
 *  @property base      at first, in points of skill
 *  @property perSecond more for each second of waiting */
export type Widening = { readonly base: number; readonly perSecond: number };

/** Part of a ticket's own skill that its window always has: the higher, the fewer there are to play with. */
const share = 0.1;

/** Largest distance in skill to others in a match.
 *  @param waitedMs milliseconds since the ticket was enqueued */
export const skillWindow = (skill: number, waitedMs: number, { base, perSecond }: Widening): number =>
  base + Math.abs(skill) * share + (perSecond * Math.max(0, waitedMs)) / 1000;
