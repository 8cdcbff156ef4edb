import { normalCdf, normalQuantile, studentCdf, studentQuantile } from './distributions.ts';
import { requireFinite, requirePositive, requireProbability, StatisticsError } from './errors.ts';

/** @property difference        treatment − control
 *  @property degreesOfFreedom  of its t distribution; absent = normal
 *  @property margin            the largest harm that is acceptable, above 0, in the metric's unit
 *  @property better            which way is good for the player
 *  @property alpha             one-sided */
export type Guardrail = {
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom?: number;
  readonly margin: number;
  readonly better: 'higher' | 'lower';
  readonly alpha?: number;
};

/** @property p        of "the harm is as large as the margin or larger"; small = the guardrail holds
 *  @property bound    the worst difference that is not ruled out, in the metric's unit
 *  @property verdict  `holds`: harm beyond the margin is ruled out. `broken`: harm beyond the margin is shown. `unclear`: neither, so more
 *                     players are needed */
export type GuardrailTest = {
  readonly p: number;
  readonly bound: number;
  readonly verdict: 'holds' | 'unclear' | 'broken';
};

/** Whether a metric that must not suffer has not suffered: a test of non-inferiority with a margin, one-sided.
 *  z = (harmless difference + margin) / standard error.
 *
 *  Blackwelder (1982), "'Proving the null hypothesis' in clinical trials", Controlled Clinical Trials 3; one-sided α = 0.025 as in ICH E9 (1998),
 *  §5.5. A p-value above α of an ordinary test proves no equality: that is why a guardrail has its own.
 *  @throws StatisticsError for a margin that is not above 0, `NO_VARIANCE` for a standard error of 0 */
export function guardrailTest(guardrail: Guardrail): GuardrailTest {
  const { difference, standardError, degreesOfFreedom, margin, better, alpha = 0.025 } = guardrail;
  requireFinite('The difference', difference);
  requirePositive('The margin', margin);
  requireProbability('alpha', alpha);
  if (standardError === 0)
    throw new StatisticsError('NO_VARIANCE', 'The standard error is 0: nothing can be said about chance.');
  requirePositive('The standard error', standardError);
  const cdf = (z: number) => (degreesOfFreedom === undefined ? normalCdf(z) : studentCdf(z, degreesOfFreedom));
  const reach =
    standardError *
    (degreesOfFreedom === undefined ? normalQuantile(1 - alpha) : studentQuantile(1 - alpha, degreesOfFreedom));
  const sign = better === 'higher' ? 1 : -1;
  const good = sign * difference;
  const p = cdf(-(good + margin) / standardError);
  const isBroken = good + reach < -margin;
  return { p, bound: sign * (good - reach), verdict: p < alpha ? 'holds' : isBroken ? 'broken' : 'unclear' };
}
