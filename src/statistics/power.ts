import { normalCdf, normalQuantile } from './distributions.ts';
import { requireFinite, requirePositive, requireProbability, StatisticsError } from './errors.ts';

/** What is asked of a two-sided test.
 *  @property alpha  how often a difference is found where there is none
 *  @property power  how often a difference of this size is found
 *  @property ratio  players of treatment for each player of control */
export type Planning = { readonly alpha?: number; readonly power?: number; readonly ratio?: number };

/** @property control, treatment  players, not rounded: round up */
export type Plan = { readonly control: number; readonly treatment: number };

/** How many players a difference between two shares needs.
 *  n = (z₁₋α⸝₂ √((1 + 1/r) p̄(1 − p̄)) + z₁₋β √(p₁(1 − p₁) + p₂(1 − p₂)/r))² / (p₂ − p₁)², p̄ = (p₁ + r p₂)/(1 + r), n₂ = r n₁.
 *
 *  Fleiss, Levin & Paik (2003), "Statistical Methods for Rates and Proportions", §4.3, without correction for continuity; for r = 1 what
 *  R's power.prop.test answers. The chance of a significant difference to the wrong side is left out.
 *  @param baseline  control's share
 *  @param effect    difference to find, treatment's share − control's */
export function playersForShares(baseline: number, effect: number, planning: Planning = {}): Plan {
  const { alpha, power, ratio } = checked(planning);
  requireProbability('The share of control', baseline);
  requireEffect(effect);
  requireProbability('The share of treatment', baseline + effect);
  const { underNull, underEffect } = spread(baseline, effect, ratio);
  const control = ((normalQuantile(1 - alpha / 2) * underNull + normalQuantile(power) * underEffect) / effect) ** 2;
  return { control, treatment: control * ratio };
}

/** How often a difference between two shares is found with so many players of control. Source as `playersForShares`. */
export function powerOfShares(
  baseline: number,
  effect: number,
  control: number,
  planning: Omit<Planning, 'power'> = {},
): number {
  const { alpha, ratio } = checked(planning);
  requireProbability('The share of control', baseline);
  requireEffect(effect);
  requireProbability('The share of treatment', baseline + effect);
  requirePositive('The number of players', control);
  const { underNull, underEffect } = spread(baseline, effect, ratio);
  return normalCdf((Math.abs(effect) * Math.sqrt(control) - normalQuantile(1 - alpha / 2) * underNull) / underEffect);
}

/** The smallest rise of a share that so many players of control find: the inverse of `playersForShares`, by bisection.
 *  @returns undefined where even a rise to 1 would not be found */
export function detectableRise(baseline: number, control: number, planning: Planning = {}): number | undefined {
  requireProbability('The share of control', baseline);
  requirePositive('The number of players', control);
  const found = (effect: number) => playersForShares(baseline, effect, planning).control <= control;
  let high = (1 - baseline) * (1 - 1e-9);
  if (!found(high)) return undefined;
  let low = 0;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** How many players a difference between two means needs.
 *  n = (1 + 1/r)(z₁₋α⸝₂ + z₁₋β)² σ²/δ² + z²₁₋α⸝₂/4, n₂ = r n₁; the last term corrects for the t distribution.
 *
 *  Guenther (1981), "Sample Size Formulas for Normal Theory T Tests", The American Statistician 35.
 *  @param deviation  standard deviation of the metric, the same in both cohorts
 *  @param effect     difference to find, in the metric's unit */
export function playersForMeans(deviation: number, effect: number, planning: Planning = {}): Plan {
  const { alpha, power, ratio } = checked(planning);
  requirePositive('The standard deviation', deviation);
  requireEffect(effect);
  const z = normalQuantile(1 - alpha / 2);
  const control = (1 + 1 / ratio) * ((z + normalQuantile(power)) * (deviation / effect)) ** 2 + z ** 2 / 4;
  return { control, treatment: control * ratio };
}

/** The smallest difference of means that so many players of control find: the inverse of `playersForMeans`.
 *  @returns undefined where there are too few players for any */
export function detectableDifference(deviation: number, control: number, planning: Planning = {}): number | undefined {
  const { alpha, power, ratio } = checked(planning);
  requirePositive('The standard deviation', deviation);
  requirePositive('The number of players', control);
  const z = normalQuantile(1 - alpha / 2);
  const effective = control - z ** 2 / 4;
  if (effective <= 0) return undefined;
  return (z + normalQuantile(power)) * deviation * Math.sqrt((1 + 1 / ratio) / effective);
}

function checked({ alpha = 0.05, power = 0.8, ratio = 1 }: Planning): Required<Planning> {
  requireProbability('alpha', alpha);
  requireProbability('The power', power);
  requirePositive('The ratio', ratio);
  if (power <= alpha)
    throw new StatisticsError('INVALID_NUMBER', `The power is ${power}: it has to be above alpha, ${alpha}.`);
  return { alpha, power, ratio };
}

function requireEffect(effect: number): void {
  requireFinite('The effect', effect);
  if (effect === 0) throw new StatisticsError('INVALID_NUMBER', 'The effect is 0: no number of players finds it.');
}

function spread(baseline: number, effect: number, ratio: number): { underNull: number; underEffect: number } {
  const raised = baseline + effect;
  const mean = (baseline + ratio * raised) / (1 + ratio);
  return {
    underNull: Math.sqrt((1 + 1 / ratio) * mean * (1 - mean)),
    underEffect: Math.sqrt(baseline * (1 - baseline) + (raised * (1 - raised)) / ratio),
  };
}
