import { InvalidArgumentError } from 'commander';
import type { AskedMetric } from '../experiment-report/tally.ts';

const words: Readonly<Record<string, Partial<AskedMetric>>> = {
  share: { kind: 'share' },
  mean: { kind: 'mean' },
  goal: { role: 'goal' },
  higher: { better: 'higher' },
  lower: { better: 'lower' },
};

/** Reads `retention_7`, `crashes:mean:lower` or `retention_1:guardrail=0.01`, and adds it to those before. */
export function parseMetric(text: string, before: readonly AskedMetric[] = []): AskedMetric[] {
  const [metric = '', ...options] = text.split(':');
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(metric))
    throw new InvalidArgumentError('It starts with the name of a metric: letters, digits, dots, underscores, dashes.');
  const asked = options.map((option): Partial<AskedMetric> => {
    const [, margin] = /^guardrail=(\d+(?:\.\d+)?)$/.exec(option) ?? [];
    if (margin !== undefined && Number(margin) > 0) return { role: 'guardrail', margin: Number(margin) };
    const known = Object.hasOwn(words, option) ? words[option] : undefined;
    if (known) return known;
    throw new InvalidArgumentError(
      `"${option}" is none of ${Object.keys(words).join(', ')} and guardrail=<margin>, with a margin above 0.`,
    );
  });
  return [...before, Object.assign({ metric }, ...asked)];
}
