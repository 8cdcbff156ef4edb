import {
  formatCount,
  formatDifference,
  formatInterval,
  formatLoss,
  formatPercent,
  formatProbability,
  formatRelative,
  formatValue,
  plainP,
} from './format.ts';
import type { Comparison, ExperimentReport, MetricReport, Missing } from './report.ts';

/** Lines above a table, and its rows, of which the first names the columns. */
export type Section = { readonly lines: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** The report for people at a terminal, in sections whose columns are still to be lined up. */
export function terminalSections(report: ExperimentReport): Section[] {
  const { experiment, players, control, warnings } = report;
  return [
    {
      lines: [
        `${experiment}: ${formatCount(players)} players, control ${control}`,
        ...warnings.map((warning) => `WARNING  ${warning}`),
      ],
      rows: cohortRows(report),
    },
    ...report.metrics.map((metric) => metricSection(metric, report)),
  ];
}

function cohortRows({ cohorts, players, sampleRatio }: ExperimentReport): string[][] {
  const ratio = 'problem' in sampleRatio ? '' : plainP(sampleRatio.p);
  return [
    ['COHORT', 'PLAYERS', 'SHARE', 'PLANNED', 'SAMPLE RATIO P'],
    ...cohorts.map((each, index) => [
      each.cohort,
      formatCount(each.players),
      players === 0 ? '' : formatPercent(each.players / players),
      players === 0 ? '' : formatPercent(each.planned / players),
      index === 0 ? ratio : '',
    ]),
  ];
}

function metricSection(metric: MetricReport, { alpha, control, cohorts }: ExperimentReport): Section {
  const { kind, comparisons, detectable } = metric;
  const confidence = `${Math.round((1 - alpha) * 1000) / 10} %`;
  const found =
    detectable === undefined ? '' : `; smallest difference to be found: ${formatDifference(kind, detectable).slice(1)}`;
  const columns = columnsOf(comparisons);
  return {
    lines: [`${metric.metric}, a ${metric.role} (${metric.better} is better${found})`],
    rows: [
      [
        'COHORT',
        'VALUE',
        'DIFFERENCE',
        confidence,
        'RELATIVE',
        'P',
        'ALWAYS VALID P',
        ...columns.map(([name]) => name),
        'VERDICT',
      ],
      ...cohorts.map(({ cohort }) => {
        const value = metric.cohorts.find((each) => each.cohort === cohort)?.value;
        const shown = [cohort, value === undefined ? '' : formatValue(kind, value)];
        if (cohort === control) return [...shown, 'control'];
        const comparison = comparisons.find((each) => each.cohort === cohort);
        if (!comparison || 'problem' in comparison) return [...shown, 'no answer'];
        return [...shown, ...comparisonCells(metric, comparison, columns)];
      }),
    ],
  };
}

type Column = readonly [name: string, cell: (comparison: Comparison) => string];

/** Columns that at least one comparison fills. */
function columnsOf(comparisons: MetricReport['comparisons']): Column[] {
  const all: [name: string, cell: (comparison: Comparison) => string | undefined][] = [
    ['HOLM P', ({ adjusted }) => adjusted && plainP(adjusted.holm)],
    ['BETTER', ({ bayesian }) => bayesian && formatProbability(bayesian.probabilityBetter)],
    ['EXPECTED LOSS', ({ bayesian }) => bayesian && formatLoss(bayesian.expectedLoss.cohort)],
    ['CUPED P', ({ cuped }) => cuped && plainP(cuped.p)],
    ['NO HARM P', ({ guardrail }) => guardrail && plainP(guardrail.p)],
  ];
  const known = comparisons.filter((each): each is Comparison => !isMissing(each));
  return all
    .filter(([, cell]) => known.some((each) => cell(each) !== undefined))
    .map(([name, cell]) => [name, (comparison) => cell(comparison) ?? '']);
}

const isMissing = (each: object): each is Missing => 'problem' in each;

function comparisonCells({ kind }: MetricReport, comparison: Comparison, columns: readonly Column[]): string[] {
  const { difference, interval, relative, test, sequential, verdict } = comparison;
  return [
    formatDifference(kind, difference),
    formatInterval(kind, interval),
    relative ? formatRelative(relative.estimate) : '',
    plainP(test.p),
    plainP(sequential.p),
    ...columns.map(([, cell]) => cell(comparison)),
    verdict.toUpperCase(),
  ];
}
