import type { SampleRatio } from '../statistics/sample-ratio.ts';
import type { Interval } from '../statistics/samples.ts';
import type { MetricDefinition } from './input.ts';

/** A statistic that could not be computed, and why. */
export type Missing = { readonly problem: string };

/** @property value     the share or mean
 *  @property deviation standard deviation of a mean's numbers */
export type CohortValue = {
  readonly cohort: string;
  readonly players: number;
  readonly value: number;
  readonly interval: Interval;
  readonly deviation?: number;
};

/** What is known of two shares after the experiment, from the uniform prior. `a`, `b`: parameters of the beta distributions. */
export type Bayesian = {
  readonly control: { readonly a: number; readonly b: number };
  readonly cohort: { readonly a: number; readonly b: number };
  readonly probabilityBetter: number;
  readonly expectedLoss: { readonly control: number; readonly cohort: number };
  readonly differenceInterval: Interval;
};

/** One cohort against control. Differences are cohort − control. */
export type Comparison = {
  readonly cohort: string;
  readonly difference: number;
  readonly interval: Interval;
  /** cohort ÷ control − 1. */
  readonly relative: { readonly estimate: number; readonly interval: Interval | undefined } | undefined;
  readonly test: {
    readonly statistic: 'z' | 't';
    readonly value: number;
    readonly degreesOfFreedom?: number;
    readonly p: number;
  };
  /** Over all comparisons of all goals; of a guardrail there is none. */
  readonly adjusted?: { readonly holm: number; readonly benjaminiHochberg: number };
  readonly sequential: { readonly p: number; readonly interval: Interval };
  readonly bayesian?: Bayesian;
  readonly cuped?: {
    readonly theta: number;
    readonly reduction: number;
    readonly difference: number;
    readonly interval: Interval;
    readonly p: number;
  };
  readonly guardrail?: {
    readonly margin: number;
    readonly p: number;
    readonly bound: number;
    readonly verdict: 'holds' | 'unclear' | 'broken';
  };
  readonly verdict: Verdict;
};

/** `untrusted`: the sample ratio forbids to read on. Goals: by Holm's p. Guardrails: as the test says. */
export type Verdict = 'untrusted' | 'better' | 'worse' | 'unclear' | 'holds' | 'broken';

/** @property detectable  the smallest difference that so many players find, two-sided, with a power of 0.8 */
export type MetricReport = MetricDefinition & {
  readonly cohorts: readonly CohortValue[];
  readonly comparisons: readonly (Comparison | (Missing & { readonly cohort: string }))[];
  readonly detectable: number | undefined;
};

/** @property warnings  the gravest first */
export type ExperimentReport = {
  readonly experiment: string;
  readonly control: string;
  readonly players: number;
  readonly alpha: number;
  readonly plannedPlayers: number;
  readonly warnings: readonly string[];
  readonly sampleRatio: SampleRatio | Missing;
  readonly cohorts: readonly { readonly cohort: string; readonly players: number; readonly planned: number }[];
  readonly metrics: readonly MetricReport[];
  readonly daily: readonly { readonly day: string; readonly players: Readonly<Record<string, number>> }[];
};
