import { z } from 'zod';
import { analyticsNamePattern, experimentNamePattern, maxMeasures, measurePattern } from '../events/analytics.ts';
import { instant, playerIdText } from './fields.ts';
import { storageProblem } from './json-value.ts';

export const analyticsName = z
  .string()
  .regex(analyticsNamePattern, 'must be a letter and up to 63 letters, digits, dots, colons, underscores or dashes')
  .meta({ description: 'What happened. Not personal: it is stored in clear.', example: 'level_completed' });

const eventId = z.uuid().toLowerCase().meta({
  description: 'Chosen by the client, the same whenever it tells of the event again. Left out, a new one is made.',
  example: '88888888-8888-4888-8888-888888888888',
});

export const experimentName = z
  .string()
  .regex(experimentNamePattern, 'must be 1 to 64 letters, digits, dots, underscores or dashes')
  .meta({ example: 'tutorial-length' });

const latestDeviceTime = Date.parse('9999-01-01T00:00:00Z');
/** A time by any device's clock, however wrong. */
export const deviceTime = instant.refine((text) => {
  const at = Date.parse(text);
  return at >= 0 && at < latestDeviceTime;
}, 'must be a time of the years 1970 to 9998');

export const measureName = z
  .string()
  .regex(measurePattern, 'must be a letter and up to 39 letters, digits or underscores')
  .meta({ example: 'seconds' });
const maxMeasure = 1e15;
const measures = z
  .record(measureName, z.number().min(-maxMeasure).max(maxMeasure))
  .refine((record) => Object.keys(record).length <= maxMeasures, `must be at most ${maxMeasures}`)
  .meta({
    description:
      'Numbers to add up and compare; operators may declare which. Stored in clear, also after the player is erased: nothing that says who somebody is.',
    example: { level: 12, seconds: 41.5 },
  });

const maxPropertyBytes = 4_096;
const maxPropertyDepth = 16;
const properties = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    const problem =
      storageProblem(value) ??
      (Buffer.byteLength(JSON.stringify(value)) > maxPropertyBytes
        ? `must be at most ${maxPropertyBytes} bytes of JSON`
        : null);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({
    description: `Whatever else is known, at most ${maxPropertyBytes} bytes of JSON and ${maxPropertyDepth} deep. Stored encrypted with the player's key, and gone when the player is erased.`,
    example: { map: 'desert', weapons: ['bow', 'dagger'] },
  });

/** An event as a client tells it. */
export const toldEvent = z
  .strictObject({
    event_id: eventId.optional(),
    name: analyticsName,
    at: deviceTime.meta({ description: 'When it happened, by the clock of the device.' }),
    measures: measures.optional(),
    properties: properties.optional(),
    experiment: experimentName.optional().meta({ description: 'An experiment that the player was in.' }),
    cohort: experimentName.optional().meta({ description: 'In which of its cohorts.', example: 'short' }),
  })
  .refine(({ experiment, cohort }) => (experiment === undefined) === (cohort === undefined), {
    error: 'must name both an experiment and a cohort, or neither',
    path: ['cohort'],
  });

/** An event as it is shown. */
export const analyticsEventResponse = z.object({
  event_id: eventId,
  player_id: playerIdText,
  name: analyticsName,
  at: instant.meta({ description: 'When it happened, by our clock.' }),
  device_at: instant.meta({ description: 'When it happened, by the clock of the device.' }),
  received_at: instant,
  measures,
  properties: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: "null where there were none, or the player's data was erased.", example: { map: 'desert' } }),
  experiment: experimentName.nullable(),
  cohort: experimentName.nullable().meta({ example: 'short' }),
});

/** What is looked for among the events. */
export const eventFilters = {
  name: analyticsName.optional(),
  from: instant.optional().meta({ description: 'Happened then or later.' }),
  to: instant.optional().meta({ description: 'Happened before.' }),
};
export const experimentFilters = {
  experiment: experimentName.optional(),
  cohort: experimentName.optional().meta({ description: 'A cohort of the experiment.', example: 'short' }),
};

/** A time of playing without a longer pause. */
export const playSessionResponse = z.object({
  started_at: instant,
  ended_at: instant.meta({ description: 'When its last event happened.' }),
  events: z.int().meta({ example: 57 }),
});
