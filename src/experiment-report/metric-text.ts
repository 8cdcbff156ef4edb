import type { MetricSource } from './input.ts';
import type { AskedMetric } from './tally.ts';

const words: Readonly<Record<string, Partial<AskedMetric>>> = {
  share: { kind: 'share' },
  mean: { kind: 'mean' },
  goal: { role: 'goal' },
  higher: { better: 'higher' },
  lower: { better: 'lower' },
};
const weekS = 7 * 86_400;
const longestS = 30 * 86_400;
const known = `${Object.keys(words).join(', ')}, guardrail=<margin>, event=<name>, measure=<name> and within=<seconds>`;

/** Reads how somebody asks for a metric: `retention_7`, `crashes:mean:lower`, `retention_1:guardrail=0.01`,
 *  `spent:event=item_bought:measure=price:within=86400`.
 *  @throws RangeError that says what is wrong */
export function metricOf(text: string): AskedMetric {
  const [metric = '', ...options] = text.split(':');
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(metric))
    throw new RangeError('It starts with the name of a metric: letters, digits, dots, underscores, dashes.');
  const source: { -readonly [Key in keyof MetricSource]?: MetricSource[Key] } = {};
  const asked = options.map((option): Partial<AskedMetric> => {
    const [name, value = ''] = option.split('=');
    if (name === 'guardrail' && /^\d{1,9}(\.\d{1,9})?$/.test(value) && Number(value) > 0)
      return { role: 'guardrail', margin: Number(value) };
    if (name === 'within' && /^\d{1,7}$/.test(value) && Number(value) >= 1 && Number(value) <= longestS)
      source.withinS = Number(value);
    else if ((name === 'event' || name === 'measure') && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(value))
      source[name] = value;
    else {
      const word = Object.hasOwn(words, option) ? words[option] : undefined;
      if (word) return word;
      throw new RangeError(`"${option}" is none of ${known}, with a margin above 0 and at most ${longestS} seconds.`);
    }
    return {};
  });
  const { event, measure = null, withinS = weekS } = source;
  if (event === undefined && Object.keys(source).length > 0)
    throw new RangeError(`"${text}" says what to take from events, but not from which: add event=<name>.`);
  return Object.assign({ metric }, ...asked, event !== undefined && { source: { event, measure, withinS } });
}

/** Reads a metric as {@link metricOf} does, and adds it to those before.
 *  @throws RangeError also when it is there: each would count twice in the p-values of the others */
export function addMetric(before: readonly AskedMetric[], text: string): AskedMetric[] {
  const asked = metricOf(text);
  if (before.some(({ metric }) => metric === asked.metric)) throw new RangeError(`${asked.metric} is asked for twice.`);
  return [...before, asked];
}
