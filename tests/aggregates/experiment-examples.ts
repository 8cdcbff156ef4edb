import type { AssignableExperiment } from '../../src/aggregates/assignment.ts';
import type { ExperimentDefinition } from '../../src/events/experiment.ts';
import type { CohortName, ExperimentId, LayerName } from '../../src/events/ids.ts';

export const newShop = 'new-shop' as ExperimentId;
export const shopLayer = 'shop' as LayerName;
export const [control, preview] = ['control' as CohortName, 'preview' as CohortName];

export const halves: ExperimentDefinition = {
  description: 'Does a preview sell more?',
  cohorts: [
    { cohort: control, share: 5_000 },
    { cohort: preview, share: 5_000 },
  ],
  control,
  targeting: null,
  layer: null,
  ramp: 10_000,
  startsAt: null,
  endsAt: null,
};

/** An experiment that runs, for everybody. */
export const running = (changes: Partial<AssignableExperiment> = {}): AssignableExperiment => ({
  experiment: 'new-shop',
  run: 1,
  cohorts: halves.cohorts,
  targeting: null,
  layer: null,
  ramp: 10_000,
  startsAt: null,
  endsAt: null,
  ...changes,
});

/** The n-th of players whose ids are fixed. */
export const playerNumber = (n: number): string =>
  `${((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-0000-5000-8000-${n.toString(16).padStart(12, '0')}`;
