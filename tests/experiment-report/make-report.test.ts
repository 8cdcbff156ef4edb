import { describe, expect, test } from 'vitest';
import { makeReport } from '../../src/experiment-report/make-report.ts';
import type { Comparison, ExperimentReport } from '../../src/experiment-report/report.ts';
import { holm } from '../../src/statistics/multiplicity.ts';
import { twoProportionTest } from '../../src/statistics/two-proportions.ts';
import { shop } from './examples.ts';

const comparison = (report: ExperimentReport, metric: string, cohort: string): Comparison => {
  const found = report.metrics
    .find((each) => each.metric === metric)
    ?.comparisons.find((each) => each.cohort === cohort);
  if (!found || 'problem' in found) throw new Error(`no comparison of ${cohort} in ${metric}`);
  return found;
};
const verdicts = (report: ExperimentReport) =>
  report.metrics.flatMap(({ comparisons }) => comparisons.map((each) => ('verdict' in each ? each.verdict : 'none')));

describe('a report', () => {
  const report = makeReport(shop());

  test('has what the tests say of each cohort against control', () => {
    const { difference, interval, test, relative } = comparison(report, 'bought', 'blue');
    const expected = twoProportionTest({ players: 10_000, successes: 500 }, { players: 5_050, successes: 343 });
    expect({ difference, interval, p: test.p }).toEqual({
      difference: expected.difference,
      interval: expected.interval,
      p: expected.p,
    });
    expect(relative?.estimate).toBeCloseTo((expected.ratio?.estimate ?? 0) - 1, 12);
    expect(report.metrics[0]?.cohorts.map(({ value }) => value.toFixed(3))).toEqual(['0.050', '0.068', '0.048']);
  });

  test('adjusts over all comparisons of all goals, and judges by that', () => {
    const goals = [
      comparison(report, 'bought', 'blue'),
      comparison(report, 'bought', 'red'),
      comparison(report, 'revenue', 'blue'),
      comparison(report, 'revenue', 'red'),
    ];
    const expected = holm(goals.map(({ test }) => test.p));
    expect(goals.map(({ adjusted }) => adjusted?.holm)).toEqual(expected);
    expect(comparison(report, 'crashed', 'red').adjusted).toBeUndefined();
    expect(verdicts(report)).toEqual(['better', 'unclear', 'unclear', 'unclear', 'holds', 'broken']);
    expect(report.warnings).toEqual(['The guardrail crashed is broken in red.']);
  });

  test('knows which way is good', () => {
    const lower = shop();
    const metrics = lower.metrics.map((metric) => ({ ...metric, better: 'lower' as const }));
    const turned = makeReport({ ...lower, metrics });
    expect(comparison(turned, 'bought', 'blue').verdict).toBe('worse');
    const [there, back] = [comparison(report, 'bought', 'blue'), comparison(turned, 'bought', 'blue')];
    expect(back.bayesian?.probabilityBetter).toBeCloseTo(1 - (there.bayesian?.probabilityBetter ?? 0), 12);
    expect(back.bayesian?.expectedLoss.cohort).toBe(there.bayesian?.expectedLoss.control);
  });

  test('sharpens a mean that has a covariate', () => {
    const { cuped: sharpened, interval } = comparison(report, 'revenue', 'blue');
    expect(sharpened?.reduction).toBeCloseTo(0.49, 2);
    const width = (each: { low: number; high: number }) => each.high - each.low;
    expect(width(sharpened?.interval ?? interval) / width(interval)).toBeCloseTo(Math.sqrt(0.51), 2);
  });

  test('lets a sample ratio mismatch dominate every verdict', () => {
    const mismatched = makeReport(shop([10_000, 5_050, 4_500]));
    expect(mismatched.sampleRatio).toMatchObject({ verdict: 'mismatched' });
    expect(new Set(verdicts(mismatched))).toEqual(new Set(['untrusted']));
    expect(mismatched.warnings[0]).toMatch(/^The players are not spread as planned/);
  });

  test('warns first of a suspicious sample ratio, and still judges', () => {
    const suspicious = makeReport(shop([10_000, 5_050, 4_740]));
    expect(suspicious.sampleRatio).toMatchObject({ verdict: 'suspicious' });
    expect(suspicious.warnings[0]).toMatch(/^It is unlikely that the players are spread as planned/);
    expect(verdicts(suspicious)).toContain('better');
  });

  test('says of each thing that cannot be computed why, and computes the others', () => {
    const input = shop();
    const metrics = [
      { metric: 'unknown', kind: 'share', role: 'goal', better: 'higher' } as const,
      { metric: 'crashed', kind: 'share', role: 'guardrail', better: 'lower' } as const,
      ...input.metrics,
    ];
    const partial = makeReport({ ...input, metrics });
    expect(partial.metrics[0]?.comparisons[0]).toEqual({
      cohort: 'blue',
      problem: 'Nothing is known of unknown in old.',
    });
    expect(partial.metrics[1]?.comparisons[0]).toMatchObject({ problem: expect.stringContaining('has no margin') });
    expect(partial.warnings).toContain('unknown, blue: Nothing is known of unknown in old.');
    expect(comparison(partial, 'bought', 'blue')).toEqual(comparison(report, 'bought', 'blue'));
  });

  test('of an experiment without players says so', () => {
    const empty = makeReport(shop([0, 0, 0]));
    expect(empty).toMatchObject({ players: 0, sampleRatio: { problem: expect.any(String) } });
    expect(empty.warnings[0]).toMatch(/^The sample ratio could not be tested/);
    expect(empty.metrics.flatMap(({ comparisons }) => comparisons).every((each) => 'problem' in each)).toBe(true);
  });

  test('has the days in order, with every cohort', () => {
    expect(report.daily.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-06']);
    expect(report.daily[0]?.players).toEqual({ old: 5_000, blue: 2_525, red: 2_495 });
  });

  test('needs a control that is one of the cohorts, and names of their own', () => {
    const input = shop();
    expect(() => makeReport({ ...input, control: 'green' })).toThrow(RangeError);
    expect(() => makeReport({ ...input, cohorts: [...input.cohorts, input.cohorts[0]!] })).toThrow(RangeError);
  });
});
