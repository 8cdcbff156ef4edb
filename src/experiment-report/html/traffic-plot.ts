import { formatCount } from '../format.ts';
import type { ExperimentReport } from '../report.ts';
import { type Markup, markup } from './markup.ts';
import { scale, ticks } from './scale.ts';

const width = 360;
const [left, right] = [44, 352];
const [top, bottom] = [10, 132];
const widestBar = 36;

/** Players who saw the experiment first on each day, one bar for each cohort. */
export function trafficPlot({ daily, cohorts, experiment }: ExperimentReport): Markup {
  const names = cohorts.map(({ cohort }) => cohort);
  const largest = Math.max(1, ...daily.flatMap(({ players }) => names.map((name) => players[name] ?? 0)));
  const y = scale([0, largest * 1.05], [bottom, top]);
  const room = (right - left) / daily.length;
  const bar = Math.min(widestBar, (room * 0.8) / names.length);
  const start = (index: number) => left + room * index + (room - bar * names.length) / 2;
  const every = Math.ceil(daily.length / 4);
  return markup`<svg viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-labelledby="traffic-t traffic-d">
<title id="traffic-t">${experiment}: new players each day</title>
<desc id="traffic-d">${daily.map(({ day, players }) => `${day}: ${names.map((name) => `${name} ${formatCount(players[name] ?? 0)}`).join(', ')}.`).join(' ')}</desc>
${ticks(0, largest).map(
  (tick) => markup`<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>
<text class="tick end" x="${left - 5}" y="${y(tick) + 3.5}">${formatCount(tick)}</text>`,
)}
${daily.map(({ day, players }, index) => [
  names.map((name, cohort) => {
    const count = players[name] ?? 0;
    return markup`<rect class="bar c${cohort % 6}" x="${start(index) + cohort * bar}" y="${y(count)}" width="${Math.max(0.5, bar - 1)}" height="${bottom - y(count)}"/>`;
  }),
  index % every === 0
    ? [markup`<text class="tick" x="${left + room * (index + 0.5)}" y="${bottom + 15}">${day}</text>`]
    : [],
])}
</svg>`;
}
