import { seededRandom } from '../support/random.ts';

/** Reproducible draws. */
export function draws(seed: number) {
  const random = seededRandom(seed);
  const successes = (players: number, share: number) => {
    let count = 0;
    for (let player = 0; player < players; player += 1) if (random() < share) count += 1;
    return { players, successes: count };
  };
  /** Box & Muller (1958). */
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return { random, successes, normal };
}

/** How often `outcome` is true in `runs` runs. */
export function rate(runs: number, outcome: () => boolean): number {
  let count = 0;
  for (let run = 0; run < runs; run += 1) if (outcome()) count += 1;
  return count / runs;
}

/** Sums of numbers, as read models keep them. */
export const sumsOf = (values: readonly number[]) => ({
  count: values.length,
  sum: values.reduce((total, value) => total + value, 0),
  sumOfSquares: values.reduce((total, value) => total + value ** 2, 0),
});

/** The problem that a call throws. */
export function problemOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && 'problem' in error) return String(error.problem);
    throw error;
  }
  return 'none';
}
