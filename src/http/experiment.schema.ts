import { z } from 'zod';
import type { AskedDefinition } from '../commands/experiment.ts';
import { basisPointsField, type ExperimentDefinition, wholeBasisPoints } from '../events/experiment.ts';
import type { CohortName, ExperimentId, LayerName } from '../events/ids.ts';
import { appVersionField, attributeTextField, targetingRuleField } from '../events/targeting.ts';
import type { ExperimentRow } from '../projections/experiment-queries.ts';
import { idempotencyKeyField, instant, playerIdText } from './fields.ts';

const nameOf = (what: string, example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, underscores or dashes')
    .meta({ description: what, example });

export const experimentIdText = nameOf('An experiment.', 'new-shop');
/** As {@link experimentIdText}, for one that is made: `global` is where what counts for everybody is kept. */
export const newExperimentIdText = experimentIdText.refine((id) => id !== 'global', 'must not be `global`');
export const cohortText = nameOf('A cohort of an experiment.', 'preview');
export const layerText = nameOf('A layer.', 'shop');

const basisPoints = (what: string, example: number) =>
  basisPointsField.meta({ description: `${what}, in basis points: 10,000 are the whole.`, example });
export const holdout = basisPoints('How much of the players is in no experiment of the layer', 500);
export const ramp = basisPoints('How much of the players for whom it is takes part', 1_000);
export const versionNumber = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .meta({ description: 'A version, as the history has it.', example: 1 });

const cohorts = z
  .array(
    z.strictObject({
      cohort: cohortText,
      share: z
        .int()
        .min(1)
        .max(wholeBasisPoints)
        .meta({ description: 'In basis points; all together are 10,000.', example: 5_000 }),
    }),
  )
  .min(1)
  .max(20)
  .meta({
    example: [
      { cohort: 'control', share: 5_000 },
      { cohort: 'preview', share: 5_000 },
    ],
  });
const control = cohortText.meta({ description: 'The cohort that the others are held against.', example: 'control' });

const targeting = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    for (const issue of targetingRuleField.safeParse(value).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  })
  .meta({
    description:
      'Whom it is for: `{all: […]}`, `{any: […]}`, `{not: …}`, or a condition `{attribute, operator, value}`. `tier`, `platform`, `country` and `language` have the operator `in` and a list; `app_version` and `account_age_days` have `at_least` and `below`. Nested at most 5 deep, with at most 50 parts.',
    example: { attribute: 'platform', operator: 'in', value: ['ios', 'android'] },
  });
const slot = {
  layer: layerText,
  from: basisPoints('Where its place begins', 0),
  to: basisPoints('Before what its place ends', 5_000),
};
const description = z
  .string()
  .trim()
  .max(500)
  .meta({ description: 'For people.', example: 'Does a preview sell more?' });

export const definitionBody = z.strictObject({
  description: description.default(''),
  cohorts,
  control,
  targeting: targeting.nullish().meta({ description: 'Left out = for everybody.' }),
  layer: z
    .strictObject(slot)
    .nullish()
    .meta({ description: 'Its place beside others of which a player is in one at most.' }),
  ramp: ramp.default(wholeBasisPoints),
  starts_at: instant.nullish().meta({ description: 'It assigns nobody before, also when it was started.' }),
  ends_at: instant.nullish().meta({ description: 'It assigns nobody from then on.' }),
  idempotency_key: idempotencyKeyField,
});

export const experimentResponse = z.object({
  experiment_id: experimentIdText,
  description,
  status: z.enum(['defined', 'running', 'stopped']).meta({ example: 'running' }),
  run: z.int().min(0).meta({ description: 'Of the last start; 0 = it never ran.', example: 1 }),
  cohorts,
  control,
  targeting: targeting.nullable(),
  layer: z.object({ ...slot, holdout }).nullable(),
  ramp,
  starts_at: instant.nullable(),
  ends_at: instant.nullable(),
});

/** One that runs, as far as assignments follow from it. */
export const runningExperiment = experimentResponse.omit({ description: true, status: true });

const utc = (time: string | undefined | null): string | null => (time ? new Date(time).toISOString() : null);

/** What is asked for, in the domain's words. */
export const definitionOf = (body: z.infer<typeof definitionBody>): AskedDefinition => ({
  description: body.description,
  cohorts: body.cohorts.map(({ cohort, share }) => ({ cohort: cohort as CohortName, share })),
  control: body.control as CohortName,
  targeting: body.targeting == null ? null : targetingRuleField.parse(body.targeting),
  layer: body.layer == null ? null : { ...body.layer, layer: body.layer.layer as LayerName },
  ramp: body.ramp,
  startsAt: utc(body.starts_at),
  endsAt: utc(body.ends_at),
});

/** An experiment as answers have it. */
export const shownExperiment = (
  experiment: ExperimentId,
  definition: ExperimentDefinition,
  { status, run, ramp: at }: Pick<ExperimentRow, 'status' | 'run' | 'ramp'>,
) => ({
  experiment_id: experiment,
  description: definition.description,
  status,
  run,
  cohorts: definition.cohorts,
  control: definition.control,
  targeting: definition.targeting,
  layer: definition.layer,
  ramp: at,
  starts_at: definition.startsAt,
  ends_at: definition.endsAt,
});

/** What a caller tells of a player, in a query; and whose sake it is for. */
export const askerQuery = {
  player_id: playerIdText
    .optional()
    .meta({ description: 'Whom it is about: for services and operators only, players ask for themselves.' }),
  platform: attributeTextField.optional().meta({ description: 'For rules that ask for it.', example: 'ios' }),
  app_version: appVersionField
    .optional()
    .meta({ description: 'Semantic version of the game, for rules that ask for it.', example: '2.1.0' }),
  country: attributeTextField.optional().meta({ description: 'For rules that ask for it.', example: 'DE' }),
  language: attributeTextField.optional().meta({ description: 'For rules that ask for it.', example: 'de' }),
};
