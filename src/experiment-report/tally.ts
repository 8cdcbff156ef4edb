import type { CohortInput, MetricDefinition, Observed } from './input.ts';

/** A player's numbers in one experiment; yes and no are 1 and 0. */
export type PlayerRow = {
  readonly player: string;
  readonly cohort: string;
  readonly values: Readonly<Record<string, number>>;
};

/** What a metric's numbers come to over the players of one cohort. */
export type MetricSums = {
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Whether each is 0 or 1. */
  readonly isBinary: boolean;
  /** Of the same players, from before they were exposed. */
  readonly before?: NonNullable<Observed['covariate']>;
};

/** Sums of one cohort. */
export type CohortSums = {
  readonly cohort: string;
  readonly players: number;
  readonly metrics: ReadonlyMap<string, MetricSums>;
};

/** The same player stands in the rows twice. */
export class PlayerTwice extends Error {
  override readonly name = 'PlayerTwice';
  constructor(player: string) {
    super(`The player ${player} is there twice: each counts once, in one cohort.`);
  }
}

/** Adds rows up; memory grows with the players, by their ids only.
 *  @throws PlayerTwice */
export function createTally() {
  const seen = new Set<string>();
  const cohorts = new Map<string, { players: number; metrics: Map<string, MetricSums> }>();
  return {
    add({ player, cohort, values }: PlayerRow): void {
      if (seen.has(player)) throw new PlayerTwice(player);
      seen.add(player);
      const tallied = cohorts.get(cohort) ?? { players: 0, metrics: new Map<string, MetricSums>() };
      cohorts.set(cohort, tallied);
      tallied.players += 1;
      for (const [metric, value] of Object.entries(values)) {
        const { sum, sumOfSquares, isBinary } = tallied.metrics.get(metric) ?? noSums;
        tallied.metrics.set(metric, {
          sum: sum + value,
          sumOfSquares: sumOfSquares + value ** 2,
          isBinary: isBinary && (value === 0 || value === 1),
        });
      }
    },
    cohorts: (): CohortSums[] =>
      [...cohorts].map(([cohort, tallied]) => ({ cohort, ...tallied })).sort((a, b) => (a.cohort < b.cohort ? -1 : 1)),
  };
}

const noSums: MetricSums = { sum: 0, sumOfSquares: 0, isBinary: true };

/** A metric as somebody asks for it; what they leave open follows from the numbers. */
export type AskedMetric = Pick<MetricDefinition, 'metric'> & Partial<MetricDefinition>;

/** Metrics as asked for, or else all that there are, as goals of which more is better. Numbers that are all 0 or 1 are a share. */
export function metricsOf(cohorts: readonly CohortSums[], asked: readonly AskedMetric[]): MetricDefinition[] {
  const known = [...new Set(cohorts.flatMap(({ metrics }) => [...metrics.keys()]))];
  const wanted = asked.length > 0 ? asked : known.map((metric): AskedMetric => ({ metric }));
  return wanted.map((each) => {
    const isShare = cohorts.every(({ metrics }) => metrics.get(each.metric)?.isBinary ?? true);
    return { kind: isShare ? 'share' : 'mean', role: 'goal', better: 'higher', ...each };
  });
}

/** A cohort's sums as the report takes them. A player without a number has 0 in it. */
export function cohortInput(
  { cohort, players, metrics }: CohortSums,
  share: number,
  daily: CohortInput['daily'],
): CohortInput {
  const observed = [...metrics].map(([metric, { sum, sumOfSquares, isBinary, before }]): [string, Observed] => [
    metric,
    { sum, sumOfSquares, ...(isBinary && { successes: sum }), ...(before && { covariate: before }) },
  ]);
  return { cohort, share, players, metrics: Object.fromEntries(observed), daily };
}
