import { type ExperimentDefinition, type ExperimentEvent, wholeBasisPoints } from '../events/experiment.ts';
import type { ExperimentId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** @property run  of the last start, 0 = it never ran
 *  @property ramp at present, while it runs */
export type Experiment =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'defined';
      readonly definition: ExperimentDefinition;
      readonly run: number;
      readonly running: boolean;
      readonly ramp: number;
    };

/** @property restores version of the stream that it goes back to; null = it is new */
export type DefineExperiment = {
  readonly type: 'DefineExperiment';
  readonly experiment: ExperimentId;
  readonly definition: ExperimentDefinition;
  readonly restores: number | null;
};
export type StartExperiment = { readonly type: 'StartExperiment'; readonly experiment: ExperimentId };
/** @property ramp in basis points */
export type RampExperiment = {
  readonly type: 'RampExperiment';
  readonly experiment: ExperimentId;
  readonly ramp: number;
};
export type StopExperiment = { readonly type: 'StopExperiment'; readonly experiment: ExperimentId };

export type ExperimentCommand = DefineExperiment | StartExperiment | RampExperiment | StopExperiment;
export type ExperimentRejection =
  | 'EXPERIMENT_NOT_FOUND'
  | 'EXPERIMENT_RUNNING'
  | 'EXPERIMENT_NOT_RUNNING'
  | 'COHORTS_INVALID'
  | 'LAYER_SLOT_EMPTY'
  | 'EXPERIMENT_ENDS_BEFORE_IT_STARTS'
  | 'RAMP_SHRINKS';

export const experiment: Decider<Experiment, ExperimentCommand, ExperimentEvent, ExperimentRejection> = {
  initial: { phase: 'absent' },

  evolve(state, { type, data }) {
    if (type === 'ExperimentDefined') {
      const { experiment: _, restores: __, ...definition } = data;
      const run = state.phase === 'absent' ? 0 : state.run;
      return { phase: 'defined', definition, run, running: false, ramp: definition.ramp };
    }
    if (state.phase === 'absent') return state;
    switch (type) {
      case 'ExperimentStarted':
        return { ...state, running: true, run: data.run, ramp: state.definition.ramp };
      case 'ExperimentRamped':
        return { ...state, ramp: data.ramp };
      case 'ExperimentStopped':
        return { ...state, running: false };
    }
  },

  decide(command, state) {
    const id = command.experiment;
    if (command.type === 'DefineExperiment') {
      const { definition, restores } = command;
      if (state.phase === 'defined' && isSame(state.definition, definition)) return accept();
      if (state.phase === 'defined' && state.running) return reject('EXPERIMENT_RUNNING');
      const problem = problemOf(definition);
      if (problem !== null) return reject(problem);
      return accept({ type: 'ExperimentDefined', data: { experiment: id, ...definition, restores } });
    }
    if (state.phase === 'absent') return reject('EXPERIMENT_NOT_FOUND');
    const { run, running } = state;
    switch (command.type) {
      case 'StartExperiment':
        return running ? accept() : accept({ type: 'ExperimentStarted', data: { experiment: id, run: run + 1 } });
      case 'RampExperiment': {
        const { ramp } = command;
        if (!running) return reject('EXPERIMENT_NOT_RUNNING');
        if (ramp < state.ramp) return reject('RAMP_SHRINKS');
        return ramp === state.ramp
          ? accept()
          : accept({ type: 'ExperimentRamped', data: { experiment: id, run, ramp } });
      }
      case 'StopExperiment':
        return running ? accept({ type: 'ExperimentStopped', data: { experiment: id, run } }) : accept();
    }
  },
};

/** JSON of a value with the keys of its objects in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );

const isSame = (left: ExperimentDefinition, right: ExperimentDefinition): boolean =>
  canonical(left) === canonical(right);

function problemOf({ cohorts, control, layer, startsAt, endsAt }: ExperimentDefinition): ExperimentRejection | null {
  const names = new Set(cohorts.map(({ cohort }) => cohort));
  const whole = cohorts.reduce((sum, { share }) => sum + share, 0);
  if (names.size < cohorts.length || !names.has(control) || whole !== wholeBasisPoints) return 'COHORTS_INVALID';
  if (layer !== null && layer.from >= layer.to) return 'LAYER_SLOT_EMPTY';
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt))
    return 'EXPERIMENT_ENDS_BEFORE_IT_STARTS';
  return null;
}
