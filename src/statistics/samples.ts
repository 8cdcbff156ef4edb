import { requireCount, requireFinite, StatisticsError } from './errors.ts';

/** Both ends belong to it. An end without a bound is ±Infinity. */
export type Interval = { readonly low: number; readonly high: number };

/** Of `players`, `successes` did what is counted. */
export type Proportion = { readonly players: number; readonly successes: number };

/** What a sample of numbers comes to: all that the tests need of it. `variance` is the unbiased one (divided by n − 1). */
export type Sample = { readonly count: number; readonly mean: number; readonly variance: number };

/** Sums over players, which can be added up in any order and across partitions. */
export type Sums = { readonly count: number; readonly sum: number; readonly sumOfSquares: number };

/** The sample whose sums these are. Digits are lost where the mean is many times the standard deviation: at a thousand times,
 *  six of the sixteen.
 *  @throws StatisticsError `TOO_FEW_PLAYERS` below 2, where there is no variance */
export function sampleOf({ count, sum, sumOfSquares }: Sums): Sample {
  requireCount('The number of players', count);
  requireFinite('The sum', sum);
  requireFinite('The sum of squares', sumOfSquares);
  if (count < 2) throw new StatisticsError('TOO_FEW_PLAYERS', `A variance needs 2 players; there are ${count}.`);
  return { count, mean: sum / count, variance: varianceOf(count, sum, sumOfSquares) };
}

/** The unbiased variance; 0 where the digits of the sums do not tell it from 0. */
function varianceOf(count: number, sum: number, sumOfSquares: number): number {
  const product = sumOfSquares - sum ** 2 / count;
  const noise = 4 * count * Number.EPSILON * Math.abs(sumOfSquares);
  if (product < -noise)
    throw new StatisticsError(
      'INVALID_NUMBER',
      'The sum of squares is too small for the sum: they are not of one sample.',
    );
  return product <= noise ? 0 : product / (count - 1);
}

/** The share of players that succeeded.
 *  @throws StatisticsError without players, or with more successes than players */
export function shareOf({ players, successes }: Proportion): number {
  requireCount('The number of players', players);
  requireCount('The number of successes', successes);
  if (players === 0) throw new StatisticsError('TOO_FEW_PLAYERS', 'A share needs players; there are none.');
  if (successes > players)
    throw new StatisticsError('INVALID_NUMBER', `There are ${successes} successes of ${players} players.`);
  return successes / players;
}
