/** What is known of a metric in one cohort, each player counted once. A share knows `successes`; a mean its sums. */
export type Observed = {
  readonly successes?: number;
  readonly sum?: number;
  readonly sumOfSquares?: number;
  /** Of the same players, from before they saw a cohort; with it the metric is made sharper (CUPED). */
  readonly covariate?: { readonly sum: number; readonly sumOfSquares: number; readonly sumOfProducts: number };
};

/** Analytics events that a metric is taken from, whether they name the experiment or not.
 *  @property event   their name
 *  @property measure what is added up over a player's events; null = they are counted
 *  @property withinS seconds after the exposure, and before it for the covariate */
export type MetricSource = { readonly event: string; readonly measure: string | null; readonly withinS: number };

/** @property kind    `share`: of the players who did it; `mean`: of a number of each player
 *  @property role    `goal`: is to get better; `guardrail`: is not to suffer by more than `margin`
 *  @property better  which way is good
 *  @property source  absent = events that name the experiment and have a measure of the metric's name
 *  @property margin  of a guardrail: the largest harm that is acceptable, above 0, in the metric's unit (0.01 = a percentage point) */
export type MetricDefinition = {
  readonly metric: string;
  readonly kind: 'share' | 'mean';
  readonly role: 'goal' | 'guardrail';
  readonly better: 'higher' | 'lower';
  readonly margin?: number;
  readonly source?: MetricSource;
};

/** @property share    planned, in any unit: only the ratios count
 *  @property players  who were shown the cohort
 *  @property daily    of them, who saw it first on a day (`2026-01-31`) */
export type CohortInput = {
  readonly cohort: string;
  readonly share: number;
  readonly players: number;
  readonly metrics: Readonly<Record<string, Observed>>;
  readonly daily: readonly { readonly day: string; readonly players: number }[];
};

/** All that a report is made of.
 *  @property alpha           1 − confidence of all intervals
 *  @property plannedPlayers  of all cohorts, for the sequential test: fixed before the start */
export type ExperimentInput = {
  readonly experiment: string;
  readonly control: string;
  readonly cohorts: readonly CohortInput[];
  readonly metrics: readonly MetricDefinition[];
  readonly alpha?: number;
  readonly plannedPlayers?: number;
};
