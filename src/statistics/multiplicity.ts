import { StatisticsError } from './errors.ts';

/** Adjusted p-values, in the order given: compare each with α, and all errors together stay below it (family-wise error rate).
 *  Step-down: the k-th smallest of m is multiplied by m − k + 1.
 *  Holm (1979), "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6. Holds under any dependence.
 *  @throws StatisticsError for a p-value outside 0 to 1 */
export function holm(pValues: readonly number[]): number[] {
  let largest = 0;
  return inOrder(pValues, (sorted) =>
    sorted.map((p, index) => {
      largest = Math.max(largest, Math.min(1, p * (sorted.length - index)));
      return largest;
    }),
  );
}

/** Adjusted p-values, in the order given: of those below α, a share of α is expected to be wrong (false discovery rate).
 *  Step-up: the k-th smallest of m is multiplied by m / k.
 *  Benjamini & Hochberg (1995), "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B 57. Holds for
 *  independent metrics and for positively dependent ones (Benjamini & Yekutieli 2001).
 *  @throws StatisticsError for a p-value outside 0 to 1 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  let smallest = 1;
  return inOrder(pValues, (sorted) =>
    sorted
      .map((p, index) => (p * sorted.length) / (index + 1))
      .toReversed()
      .map((p) => {
        smallest = Math.min(smallest, p);
        return smallest;
      })
      .toReversed(),
  );
}

/** Applies `adjust` to the values from the smallest up, and puts its answers back in the order given. */
function inOrder(pValues: readonly number[], adjust: (sorted: readonly number[]) => readonly number[]): number[] {
  for (const p of pValues)
    if (!(p >= 0 && p <= 1)) throw new StatisticsError('INVALID_NUMBER', `A p-value is ${p}: it is from 0 to 1.`);
  const order = pValues.map((_p, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = adjust(order.map((index) => pValues[index]!));
  const answer = new Array<number>(pValues.length);
  for (const [rank, index] of order.entries()) answer[index] = adjusted[rank]!;
  return answer;
}
