import type { Interval } from '../../statistics/samples.ts';
import { formatDifference, formatInterval } from '../format.ts';
import type { Comparison, MetricReport } from '../report.ts';
import { type Markup, markup } from './markup.ts';
import { scale, ticks } from './scale.ts';

type Row = { readonly label: string; readonly kind: string; readonly middle: number; readonly interval: Interval };

const width = 360;
const [left, right] = [22, 338];
const rowHeight = 40;

/** The difference with each of its intervals, over one axis, with 0 and a guardrail's margin marked. */
export function intervalPlot(metric: MetricReport, comparison: Comparison, id: string): Markup {
  const rows = rowsOf(comparison);
  const margin = comparison.guardrail && (metric.better === 'higher' ? -1 : 1) * comparison.guardrail.margin;
  const [low, high] = range(rows, margin);
  const x = scale([low, high], [left, right]);
  const clamp = (value: number) => Math.min(right, Math.max(left, x(value)));
  const bottom = rows.length * rowHeight + 6;
  const title = `${metric.metric}: ${comparison.cohort} against control`;
  const description = rows
    .map(({ label, interval }) => `${label}: ${formatInterval(metric.kind, interval)}.`)
    .join(' ');
  return markup`<svg viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
${ticks(low, high).map(
  (tick) => markup`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="4" y2="${bottom}"/>
<text class="tick" x="${x(tick)}" y="${bottom + 15}">${axisLabel(metric, tick)}</text>`,
)}
<line class="zero" x1="${clamp(0)}" x2="${clamp(0)}" y1="0" y2="${bottom}"/>
${margin === undefined ? undefined : markup`<line class="margin" x1="${clamp(margin)}" x2="${clamp(margin)}" y1="0" y2="${bottom}"/>`}
${rows.map(({ label, kind, middle, interval }, index) => {
  const y = index * rowHeight + 30;
  return markup`<text class="label" x="${left}" y="${y - 13}">${label}</text>
<line class="interval ${kind}" x1="${clamp(interval.low)}" x2="${clamp(interval.high)}" y1="${y}" y2="${y}"/>
<circle class="${kind}" cx="${clamp(middle)}" cy="${y}" r="5"/>`;
})}
</svg>`;
}

function rowsOf({ difference, interval, sequential, bayesian, cuped }: Comparison): Row[] {
  return [
    { label: 'Confidence interval', kind: 'fixed', middle: difference, interval },
    {
      label: 'Always valid, however often you look',
      kind: 'sequential',
      middle: difference,
      interval: sequential.interval,
    },
    ...(bayesian
      ? [{ label: 'Credible interval', kind: 'bayes', middle: difference, interval: bayesian.differenceInterval }]
      : []),
    ...(cuped ? [{ label: 'With CUPED', kind: 'bayes', middle: cuped.difference, interval: cuped.interval }] : []),
  ];
}

/** All ends that there are, 0 and the margin, with some air. */
function range(rows: readonly Row[], margin: number | undefined): [number, number] {
  const values = [
    0,
    ...(margin === undefined ? [] : [margin]),
    ...rows.flatMap(({ middle, interval }) => [middle, interval.low, interval.high]),
  ];
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const air = (high - low || 1) * 0.06;
  return [low - air, high + air];
}

const axisLabel = ({ kind }: MetricReport, tick: number): string => (tick === 0 ? '0' : formatDifference(kind, tick));
