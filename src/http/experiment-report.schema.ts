import { z } from 'zod';
import { cohortText } from './experiment.schema.ts';

/** The report of an experiment, as answers have it: what `reportJson` makes of it. */

const probability = (description: string, example = 0.04) => z.number().min(0).max(1).meta({ description, example });
const number = (description: string, example: number) => z.number().meta({ description, example });
const interval = z
  .object({ low: z.number().nullable(), high: z.number().nullable() })
  .meta({ description: 'Both ends belong to it; null = no end.', example: { low: -0.0133, high: -0.0031 } });
const problem = z.string().meta({
  description: 'Why there is no answer.',
  example: 'A variance needs 2 players; there are 1.',
});
const beta = z.object({ a: z.number(), b: z.number() }).meta({ example: { a: 8_503, b: 36_199 } });

const missing = z.object({ problem });
const sampleRatio = z.union([
  z.object({
    chi_square: number('Pearson’s statistic.', 6.9),
    degrees_of_freedom: z.int().meta({ example: 1 }),
    p: probability('Of so uneven a spread by chance.', 0.0086),
    expected: z
      .array(z.number())
      .meta({ description: 'Players by cohort, as planned.', example: [45_094.5, 45_094.5] }),
    verdict: z.enum(['balanced', 'suspicious', 'mismatched']).meta({ example: 'suspicious' }),
  }),
  missing,
]);

const comparison = z.object({
  cohort: cohortText,
  difference: number('Cohort less control.', -0.0082),
  interval,
  relative: z
    .object({ estimate: z.number(), interval: interval.optional() })
    .optional()
    .meta({ description: 'Cohort by control, less 1.', example: { estimate: -0.043 } }),
  test: z.object({
    statistic: z.enum(['z', 't']).meta({ example: 'z' }),
    value: number('Of the statistic.', -3.16),
    degrees_of_freedom: z.number().optional().meta({ description: 'Of t.', example: 412.7 }),
    p: probability('Two-sided, for one look that was planned.', 0.0016),
  }),
  adjusted: z
    .object({
      holm: probability('Of any error.', 0.0016),
      benjamini_hochberg: probability('Of a share of errors.', 0.0016),
    })
    .optional()
    .meta({ description: 'Over all comparisons of all goals; a guardrail has none.' }),
  sequential: z.object({ p: probability('Valid however often one looks.', 0.061), interval }),
  bayesian: z
    .object({
      control: beta,
      cohort: beta,
      probability_better: probability('That the cohort is better than control.', 0.0008),
      expected_loss: z
        .object({ control: z.number(), cohort: z.number() })
        .meta({ example: { control: 0, cohort: 0.0082 } }),
      difference_interval: interval,
    })
    .optional()
    .meta({ description: 'Of shares, from the uniform prior.' }),
  cuped: z
    .object({
      theta: number('How strongly the number from before tells of that after.', 0.6),
      reduction: probability('How much of the variance is gone.', 0.4),
      difference: number('Cohort less control, made sharper.', 0.31),
      interval,
      p: probability('Two-sided.', 0.02),
    })
    .optional()
    .meta({ description: 'Of means, where something is known of the players from before.' }),
  guardrail: z
    .object({
      margin: number('The largest harm that is acceptable.', 0.01),
      p: probability('Of harm beyond the margin.', 0.001),
      bound: number('The worst difference that is not ruled out.', -0.006),
      verdict: z.enum(['holds', 'unclear', 'broken']).meta({ example: 'holds' }),
    })
    .optional(),
  verdict: z.enum(['untrusted', 'better', 'worse', 'unclear', 'holds', 'broken']).meta({ example: 'worse' }),
});

const metric = z.object({
  metric: z.string().meta({ example: 'retention_7' }),
  kind: z.enum(['share', 'mean']).meta({ example: 'share' }),
  role: z.enum(['goal', 'guardrail']).meta({ example: 'goal' }),
  better: z.enum(['higher', 'lower']).meta({ example: 'higher' }),
  margin: z.number().optional().meta({ description: 'Of a guardrail.', example: 0.01 }),
  source: z
    .object({ event: z.string(), measure: z.string().nullable(), within_s: z.int() })
    .optional()
    .meta({
      description: 'The events that it is taken from; left out = those that name the experiment.',
      example: { event: 'item_bought', measure: 'price', within_s: 604_800 },
    }),
  cohorts: z.array(
    z.object({
      cohort: cohortText,
      players: z.int().meta({ example: 44_700 }),
      value: number('The share, or the mean.', 0.1902),
      interval,
      deviation: z.number().optional().meta({ description: 'Standard deviation of a mean’s numbers.', example: 195.7 }),
    }),
  ),
  comparisons: z.array(z.union([comparison, z.object({ cohort: cohortText, problem })])),
  detectable: z
    .number()
    .optional()
    .meta({ description: 'The smallest difference that so many players find with a power of 0.8.', example: 0.0074 }),
});

export const experimentReportResponse = z.object({
  experiment: z.string().meta({ description: 'With its run, where it is not the first.', example: 'gates, run 2' }),
  control: cohortText,
  players: z.int().meta({ description: 'Who were shown a cohort.', example: 90_189 }),
  alpha: probability('1 less the confidence of the intervals.', 0.05),
  planned_players: z.int().meta({ description: 'Where the sequential test is narrowest.', example: 10_000 }),
  warnings: z.array(z.string()).meta({ description: 'The gravest first.', example: [] }),
  sample_ratio: sampleRatio,
  cohorts: z.array(
    z.object({
      cohort: cohortText,
      players: z.int().meta({ example: 44_700 }),
      planned: number('How many there would be as planned.', 45_094.5),
    }),
  ),
  metrics: z.array(metric),
  daily: z.array(
    z.object({
      day: z.iso.date().meta({ description: 'In UTC.', example: '2026-03-01' }),
      players: z.record(z.string(), z.int()).meta({
        description: 'By cohort: who were shown it first on the day.',
        example: { gate_30: 640, gate_40: 655 },
      }),
    }),
  ),
});
