import type { SampleRatio } from '../statistics/sample-ratio.ts';
import { formatP } from './format.ts';
import type { MetricReport, Missing } from './report.ts';

/** What somebody has to know before they read on: the sample ratio first. */
export function warningsOf(ratio: SampleRatio | Missing, metrics: readonly MetricReport[]): string[] {
  return [...ofRatio(ratio), ...metrics.flatMap(ofMetric)];
}

function ofRatio(ratio: SampleRatio | Missing): string[] {
  if ('problem' in ratio) return [`The sample ratio could not be tested. ${ratio.problem}`];
  const p = formatP(ratio.p);
  if (ratio.verdict === 'mismatched')
    return [
      `The players are not spread as planned (sample ratio mismatch, p ${p}): whatever lost them may have changed every number below. Do not decide by this experiment; find the cause.`,
    ];
  if (ratio.verdict === 'suspicious')
    return [
      `It is unlikely that the players are spread as planned (sample ratio, p ${p}): look for lost or doubled players before you trust the numbers below.`,
    ];
  return [];
}

const ofMetric = ({ metric, comparisons }: MetricReport): string[] =>
  comparisons.flatMap((each) => {
    if ('problem' in each) return [`${metric}, ${each.cohort}: ${each.problem}`];
    if (each.verdict === 'broken') return [`The guardrail ${metric} is broken in ${each.cohort}.`];
    return [];
  });
