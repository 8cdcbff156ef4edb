import {
  formatCount,
  formatDifference,
  formatInterval,
  formatLoss,
  formatP,
  formatProbability,
  formatRelative,
  formatStatistic,
  formatValue,
  plainP,
} from '../format.ts';
import type { Comparison, ExperimentReport, MetricReport } from '../report.ts';
import { densityPlot } from './density-plot.ts';
import { intervalPlot } from './interval-plot.ts';
import { type Markup, markup } from './markup.ts';

const sentences: Readonly<Record<Comparison['verdict'], string>> = {
  untrusted: 'not to be trusted',
  better: 'better',
  worse: 'worse',
  unclear: 'no difference shown',
  holds: 'no harm',
  broken: 'harm shown',
};

/** All that is known of one metric: its values, then each cohort against control as plots and as numbers. */
export function metricSection(metric: MetricReport, report: ExperimentReport, index: number): Markup {
  const { kind, role, better, detectable, margin } = metric;
  const confidence = confidenceOf(report);
  return markup`<section aria-labelledby="metric-${index}">
<h2 id="metric-${index}">${metric.metric}</h2>
<p class="soft">${role === 'goal' ? 'Goal' : 'Guardrail'}; ${better} is better.${
    margin === undefined ? '' : ` Harm up to ${formatDifference(kind, margin).slice(1)} is acceptable.`
  }${
    detectable === undefined
      ? ''
      : ` The smallest difference that so many players find in four of five experiments is ${formatDifference(kind, detectable).slice(1)}.`
  }</p>
<div class="scroll"><table><caption>Values of the cohorts</caption>
<thead><tr><th scope="col">Cohort</th><th scope="col">Players</th><th scope="col">${kind === 'share' ? 'Share' : 'Mean'}</th><th scope="col">${confidence}</th></tr></thead>
<tbody>${metric.cohorts.map(
    ({ cohort, players, value, interval }) =>
      markup`<tr><th scope="row">${key(report, cohort)}${cohort}</th><td>${formatCount(players)}</td><td>${formatValue(kind, value)}</td><td>${formatValue(kind, interval.low)} to ${formatValue(kind, interval.high)}</td></tr>`,
  )}</tbody></table></div>
${metric.comparisons.map((comparison, cohort) =>
  'problem' in comparison
    ? markup`<h3>${comparison.cohort} against ${report.control}</h3><p class="notice">${comparison.problem}</p>`
    : comparisonPart(metric, comparison, report, `m${index}-${cohort}`),
)}
</section>`;
}

function comparisonPart(metric: MetricReport, comparison: Comparison, report: ExperimentReport, id: string): Markup {
  const { cohort, bayesian, verdict } = comparison;
  return markup`<div class="head"><h3>${cohort} against ${report.control}</h3><span class="verdict ${verdict}">${sentences[verdict]}</span></div>
<div class="plots">
<figure>${intervalPlot(metric, comparison, `${id}-i`)}<figcaption>Difference, with intervals at ${confidenceOf(report)}</figcaption></figure>
${
  bayesian &&
  markup`<figure>${densityPlot(metric, comparison, bayesian, {
    ...{ control: report.control, id: `${id}-b` },
    indexes: [indexOf(report, report.control), indexOf(report, cohort)],
  })}<figcaption class="legend"><span>${key(report, report.control)}${report.control}</span><span>${key(report, cohort)}${cohort}</span><span>posterior of the share</span></figcaption></figure>`
}
</div>
<table class="numbers"><caption>The numbers</caption><tbody>${numbersOf(metric, comparison).map(
    ([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</tbody></table>`;
}

function numbersOf({ kind }: MetricReport, comparison: Comparison): (readonly [name: string, value: string])[] {
  const { difference, interval, relative, test, adjusted, sequential, bayesian, cuped, guardrail } = comparison;
  const freedom =
    test.degreesOfFreedom === undefined ? '' : ` (${formatCount(test.degreesOfFreedom)} degrees of freedom)`;
  const range = (each: Comparison['interval']) => formatInterval(kind, each);
  return [
    ['Difference', `${formatDifference(kind, difference)} (${range(interval)})`],
    ...(relative
      ? ([
          [
            'Relative to control',
            `${formatRelative(relative.estimate)}${relative.interval ? ` (${formatRelative(relative.interval.low)} to ${formatRelative(relative.interval.high)})` : ''}`,
          ],
        ] as const)
      : []),
    [
      kind === 'share' ? 'Two-proportion test' : "Welch's test",
      `${test.statistic} = ${formatStatistic(test.value)}${freedom}, p ${formatP(test.p)}`,
    ],
    ...(adjusted
      ? ([
          ['p over all goals, Holm', plainP(adjusted.holm)],
          ['p over all goals, Benjamini and Hochberg', plainP(adjusted.benjaminiHochberg)],
        ] as const)
      : []),
    ['Always valid', `p ${formatP(sequential.p)} (${range(sequential.interval)})`],
    ...(bayesian
      ? ([
          ['Probability to be better', formatProbability(bayesian.probabilityBetter)],
          ['Expected loss if chosen', formatLoss(bayesian.expectedLoss.cohort)],
          ['Expected loss of control', formatLoss(bayesian.expectedLoss.control)],
        ] as const)
      : []),
    ...(cuped
      ? ([
          [
            'With CUPED',
            `${formatDifference(kind, cuped.difference)} (${range(cuped.interval)}), p ${formatP(cuped.p)}`,
          ],
          ['Variance that CUPED takes away', formatProbability(cuped.reduction)],
        ] as const)
      : []),
    ...(guardrail
      ? ([
          ['p of no harm beyond the margin', plainP(guardrail.p)],
          ['Worst difference not ruled out', formatDifference(kind, guardrail.bound)],
        ] as const)
      : []),
  ];
}

const indexOf = ({ cohorts }: ExperimentReport, name: string): number =>
  cohorts.findIndex(({ cohort }) => cohort === name) % 6;

/** The colour of a cohort, beside its name. */
export const key = (report: ExperimentReport, cohort: string): Markup =>
  markup`<span class="key c${indexOf(report, cohort)}"></span>`;

/** `95 %` */
export const confidenceOf = ({ alpha }: ExperimentReport): string => `${Math.round((1 - alpha) * 1000) / 10} %`;
