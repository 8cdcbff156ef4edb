import { test } from 'vitest';
import { exposure } from '../../src/aggregates/exposure.ts';
import type { ExposureEvent } from '../../src/events/exposure.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { control, newShop, preview } from './experiment-examples.ts';
import { specification } from './specification.ts';

const given = specification(exposure);
const data = {
  experiment: newShop,
  run: 1,
  playerId: '11111111-1111-4111-8111-111111111111' as PlayerId,
  cohort: preview,
};
const exposed: ExposureEvent = { type: 'ExperimentExposed', data };

test('a first exposure is recorded, once', () =>
  given()
    .when({ type: 'ExposePlayer', ...data })
    .then(exposed));
test('a later one changes nothing, whatever it says', () =>
  given(exposed)
    .when({ type: 'ExposePlayer', ...data, cohort: control })
    .thenNothing());
