import { densityOf } from '../../statistics/beta-binomial.ts';
import { formatPercent, formatProbability } from '../format.ts';
import type { Bayesian, Comparison, MetricReport } from '../report.ts';
import { type Markup, markup } from './markup.ts';
import { scale, ticks } from './scale.ts';

const width = 360;
const [left, right] = [22, 338];
const [top, bottom] = [10, 132];
const points = 160;

/** What is known of the shares of control and a cohort, as two curves. */
export function densityPlot(
  { metric }: MetricReport,
  { cohort }: Comparison,
  { control, cohort: other, probabilityBetter }: Bayesian,
  names: { readonly control: string; readonly id: string; readonly indexes: readonly [number, number] },
): Markup {
  const [first, second] = [around(control), around(other)];
  const [low, high] = [Math.min(first[0], second[0]), Math.max(first[1], second[1])];
  const x = scale([low, high], [left, right]);
  const shares = Array.from({ length: points + 1 }, (_, index) => low + ((high - low) * index) / points);
  const curve = (beta: Bayesian['control']) =>
    // a density without bound, at 0 or 1, is cut off
    shares.map((share) => ({
      share,
      density: Math.min(1e6, densityOf(beta, Math.min(1 - 1e-9, Math.max(1e-9, share)))),
    }));
  const curves = [curve(control), curve(other)] as const;
  const y = scale([0, Math.max(...curves.flat().map(({ density }) => density))], [bottom, top]);
  const path = (line: (typeof curves)[number]) =>
    `M${left} ${bottom}${line.map(({ share, density }) => `L${x(share).toFixed(1)} ${y(density).toFixed(1)}`).join('')}L${right} ${bottom}Z`;
  const { id, indexes } = names;
  return markup`<svg viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${metric}: what is known of both shares</title>
<desc id="${id}-d">Posterior densities. ${names.control} lies about ${formatPercent(mean(control))}, ${cohort} about ${formatPercent(mean(other))}; the probability that ${cohort} is better is ${formatProbability(probabilityBetter)}.</desc>
${ticks(low, high).map(
  (tick) => markup`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${bottom}"/>
<text class="tick" x="${x(tick)}" y="${bottom + 15}">${formatPercent(tick)}</text>`,
)}
<path class="density c${indexes[0]}" d="${path(curves[0])}"/><path class="density c${indexes[1]}" d="${path(curves[1])}"/>
</svg>`;
}

const mean = ({ a, b }: Bayesian['control']): number => a / (a + b);

function around({ a, b }: Bayesian['control']): [number, number] {
  const reach = (4.2 * Math.sqrt((a * b) / (a + b + 1))) / (a + b);
  const middle = mean({ a, b });
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
