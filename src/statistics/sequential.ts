import { requireFinite, requirePositive, requireProbability, StatisticsError } from './errors.ts';
import type { Interval } from './samples.ts';

/** @property difference      treatment − control, of shares or means
 *  @property standardError   of the difference, estimated, not pooled
 *  @property players         of all cohorts compared, so far
 *  @property plannedPlayers  of all cohorts compared, fixed before the start: where the interval is to be narrowest. Any number is
 *                            valid; one that is wrong by ten times makes the interval about 7 % wider. Below some hundreds, the
 *                            approximation by the normal distribution is not good enough */
export type Look = {
  readonly difference: number;
  readonly standardError: number;
  readonly players: number;
  readonly plannedPlayers: number;
};

/** @property p         always valid: the chance that it ever falls below α, however often one looks, is at most α without a difference
 *  @property interval  confidence sequence: the chance that it ever misses the difference, at any look, is at most α */
export type SequentialTest = { readonly p: number; readonly interval: Interval };

/** Whether shares or means differ, valid however often one looks and whenever one stops: the mixture sequential probability ratio test
 *  with a normal mixture of variance τ² over differences.
 *  Λ = √(s² / (s² + τ²)) exp(τ² d² / (2 s² (s² + τ²))), p = min(1, 1/Λ); the interval holds the differences that Λ does not reject.
 *
 *  Robbins (1970), "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41; for
 *  experiments Johari, Koomen, Pekelis & Walsh (2022), "Always Valid Inference: Continuous Monitoring of A/B Tests", Operations Research 70,
 *  equation 11. With an estimated s² it holds asymptotically: Waudby-Smith et al. (2024), "Time-uniform central limit theory and asymptotic
 *  confidence sequences", Annals of Statistics 52. τ² as in `mixingRatio`.
 *  A standard error of 0 says nothing yet: p = 1 and an interval without ends.
 *  @throws StatisticsError for numbers that are none */
export function sequentialTest(look: Look, alpha = 0.05): SequentialTest {
  const { difference, standardError, players, plannedPlayers } = look;
  requireFinite('The difference', difference);
  requireFinite('The standard error', standardError);
  requirePositive('The number of players', players);
  requirePositive('The number of planned players', plannedPlayers);
  requireProbability('alpha', alpha);
  if (standardError < 0)
    throw new StatisticsError('INVALID_NUMBER', `The standard error is ${standardError}: it cannot be below 0.`);
  if (standardError === 0) return { p: 1, interval: { low: -Infinity, high: Infinity } };
  // τ² / s²: s² falls with the players, τ² stays
  const ratio = (mixingRatio(alpha) * players) / plannedPlayers;
  const z = difference / standardError;
  const logLikelihoodRatio = ((z ** 2 / 2) * ratio) / (1 + ratio) - Math.log1p(ratio) / 2;
  const half = standardError * Math.sqrt((1 + 1 / ratio) * (Math.log1p(ratio) - 2 * Math.log(alpha)));
  return {
    p: Math.min(1, Math.exp(-logLikelihoodRatio)),
    interval: { low: difference - half, high: difference + half },
  };
}

/** τ² / s² at which the interval is about narrowest: 2 ln(1/α) + ln(1 + 2 ln(1/α)).
 *  Howard, Ramdas, McAuliffe & Sekhon (2021), "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49, §3.5. */
export const mixingRatio = (alpha: number): number => {
  const twice = 2 * Math.log(1 / alpha);
  return twice + Math.log1p(twice);
};
