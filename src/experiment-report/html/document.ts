import { formatCount, formatP, formatPercent } from '../format.ts';
import type { ExperimentReport } from '../report.ts';
import { Markup, markup } from './markup.ts';
import { confidenceOf, key, metricSection } from './metric-section.ts';
import { style } from './style.ts';
import { trafficPlot } from './traffic-plot.ts';

/** The report as one HTML file, which needs nothing else: no script, no font, no network.
 *  @param made  when it was made, for its foot */
export function reportPage(report: ExperimentReport, made: Date): string {
  const { experiment, players, control, warnings, metrics, sampleRatio } = report;
  const isGrave = 'verdict' in sampleRatio && sampleRatio.verdict === 'mismatched';
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Experiment ${experiment}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<p class="soft">Experiment</p>
<h1>${experiment}</h1>
<p>${formatCount(players)} players, control ${control}, intervals at ${confidenceOf(report)}</p>
${warnings.map((warning, index) => markup`<p class="notice${isGrave && index === 0 ? ' grave' : ''}" role="note">${warning}</p>`)}
${playersSection(report)}
${metrics.map((metric, index) => metricSection(metric, report, index))}
${legend}
<p class="soft">Made ${made.toISOString()}</p>
</main>
</body>
</html>
`.text;
}

function playersSection(report: ExperimentReport): Markup {
  const { cohorts, players, sampleRatio, daily } = report;
  const share = (count: number) => (players === 0 ? '' : formatPercent(count / players));
  return markup`<section aria-labelledby="players">
<h2 id="players">Players</h2>
<div class="scroll"><table><caption>Who was shown each cohort</caption>
<thead><tr><th scope="col">Cohort</th><th scope="col">Players</th><th scope="col">Share</th><th scope="col">Planned</th></tr></thead>
<tbody>${cohorts.map(
    (each) =>
      markup`<tr><th scope="row">${key(report, each.cohort)}${each.cohort}</th><td>${formatCount(each.players)}</td><td>${share(each.players)}</td><td>${share(each.planned)}</td></tr>`,
  )}</tbody></table></div>
<p class="soft">${
    'problem' in sampleRatio
      ? sampleRatio.problem
      : `Sample ratio: χ² = ${sampleRatio.chiSquare.toFixed(2)} (degrees of freedom: ${sampleRatio.degreesOfFreedom}), p ${formatP(sampleRatio.p)}, ${sampleRatio.verdict}.`
  }</p>
${
  daily.length > 0
    ? markup`<figure>${trafficPlot(report)}<figcaption class="legend">${cohorts.map(
        ({ cohort }) => markup`<span>${key(report, cohort)}${cohort}</span>`,
      )}<span>new players each day (UTC)</span></figcaption></figure>
<details><summary>New players each day, as a table</summary><div class="scroll"><table><thead><tr><th scope="col">Day</th>${cohorts.map(({ cohort }) => markup`<th scope="col">${cohort}</th>`)}</tr></thead>
<tbody>${daily.map(
        ({ day, players: seen }) =>
          markup`<tr><th scope="row">${day}</th>${cohorts.map(({ cohort }) => markup`<td>${formatCount(seen[cohort] ?? 0)}</td>`)}</tr>`,
      )}</tbody></table></div></details>`
    : undefined
}
</section>`;
}

const legend = markup`<section><details><summary>What the numbers mean</summary><dl>
<dt>p</dt><dd>How often numbers at least this far apart come about where there is no difference. Not the probability that there is none.</dd>
<dt>Confidence interval</dt><dd>Made so that it holds the true difference as often as it says, at one look that was planned.</dd>
<dt>Always valid</dt><dd>The same promise, however often one looks and whenever one stops. Wider for that.</dd>
<dt>Credible interval, probability to be better</dt><dd>What is known after the experiment when nothing was known before it (uniform prior).</dd>
<dt>Expected loss</dt><dd>By how much the share is expected to be worse than it could be, if this cohort is chosen.</dd>
<dt>Over all goals</dt><dd>Adjusted for the number of comparisons. Holm: the chance of any false finding. Benjamini and Hochberg: the share of false ones among the findings. The verdict goes by Holm's.</dd>
<dt>Sample ratio</dt><dd>Whether the players are spread as planned. If not, some were lost, and they may have been special: every other number is in doubt.</dd>
<dt>CUPED</dt><dd>The difference after what the players did before the experiment is taken out.</dd>
</dl></details></section>`;
