/** An event that may be a step of a funnel. @property name one of the names of the steps, by its place among them; @property at in any unit */
export type FunnelEvent = { readonly name: number; readonly at: number };

/** @property steps  names of the steps in order, by their places
 *  @property before the first step is done before this
 *  @property within the last step is done at most so long after the first */
export type Funnel = { readonly steps: readonly number[]; readonly before: number; readonly within: number };

/** To which step a player came. For each step it is remembered when the latest way that leads to it began: that leaves the most time for what is still to
 *  come, so nobody's best way is missed.
 *  @param events of the player, in the order in which they happened
 *  @returns 0 = not even to the first */
export function furthestStep({ steps, before, within }: Funnel, events: Iterable<FunnelEvent>): number {
  const began: (number | undefined)[] = [];
  for (const { name, at } of events) {
    // the last step first: what an event does as one step is not to count for it as the next
    for (let step = steps.length - 1; step > 0; step -= 1) {
      if (steps[step] !== name) continue;
      const way = began[step - 1];
      if (way !== undefined && at - way <= within) began[step] = Math.max(began[step] ?? way, way);
    }
    if (steps[0] === name && at < before) began[0] = at;
  }
  return began.length;
}
