import type { CohortName, ExperimentId } from './ids.ts';

/** Where what counts for everybody is kept: an experiment cannot be called so. */
export const globalConfig = { experiment: 'global' as ExperimentId, cohort: 'default' as CohortName };
