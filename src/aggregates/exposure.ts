import type { ExposureEvent } from '../events/exposure.ts';
import type { CohortName, ExperimentId, PlayerId } from '../events/ids.ts';
import { accept, type Decider } from './decider.ts';

/** @property cohort that the player was shown in this run; null = none yet */
export type Exposure = { readonly cohort: CohortName | null };

export type ExposePlayer = {
  readonly type: 'ExposePlayer';
  readonly experiment: ExperimentId;
  readonly run: number;
  readonly playerId: PlayerId;
  readonly cohort: CohortName;
};

export const exposure: Decider<Exposure, ExposePlayer, ExposureEvent, never> = {
  initial: { cohort: null },
  evolve: (state, { data }) => (state.cohort === null ? { cohort: data.cohort } : state),
  decide({ experiment, run, playerId, cohort }, state) {
    if (state.cohort !== null) return accept();
    return accept({ type: 'ExperimentExposed', data: { experiment, run, playerId, cohort } });
  },
};
