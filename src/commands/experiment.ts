import { assign as assignPlayer } from '../aggregates/assignment.ts';
import { type Experiment, type ExperimentCommand, experiment } from '../aggregates/experiment.ts';
import { type DefineExperimentLayer, experimentLayer } from '../aggregates/experiment-layer.ts';
import { type ExperimentDefinition, experimentLayerStream, experimentStream } from '../events/experiment.ts';
import type { ExperimentId, LayerName, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Decided, type Handled, handle } from './handle.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

export type { Assignment, AssignmentReason } from '../aggregates/assignment.ts';
export type { Experiment } from '../aggregates/experiment.ts';
export { asksFor, type PlayerAttributes } from '../aggregates/targeting.ts';
export const assign = assignPlayer;

/** What was known of the experiment's place is out of date: the streams of the command are to be chosen and read anew. */
class LayerChanged extends Error {
  override readonly name = 'LayerChanged';
}

const experimentUse = (tenant: TenantId, id: ExperimentId) => using(experiment, experimentStream(tenant, id));
const layerUse = (tenant: TenantId, layer: LayerName) => using(experimentLayer, experimentLayerStream(tenant, layer));
const layerOf = (state: Experiment): LayerName | null =>
  state.phase === 'absent' ? null : (state.definition.layer?.layer ?? null);
const refused = (code: string): Decided<never> => ({ events: [], outcome: { ok: false, code } });

/** A definition as callers give it: the holdout is its layer's. */
export type AskedDefinition = Omit<ExperimentDefinition, 'layer'> & {
  readonly layer: Omit<NonNullable<ExperimentDefinition['layer']>, 'holdout'> | null;
};
/** @property restores version of the stream whose definition it is; null = it is new */
export type AskedExperiment = {
  readonly experiment: ExperimentId;
  readonly definition: AskedDefinition;
  readonly restores: number | null;
};

/** Says what an experiment is, and takes its place in its layer in the same append.
 *  Codes: EXPERIMENT_RUNNING, COHORTS_INVALID, LAYER_SLOT_EMPTY, EXPERIMENT_ENDS_BEFORE_IT_STARTS, LAYER_NOT_FOUND, LAYER_SLOT_TAKEN.
 *  @returns the experiment then */
export async function defineExperiment(
  runtime: CommandRuntime,
  asked: AskedExperiment,
  context: CommandContext<Experiment>,
): Promise<Handled<Experiment>> {
  const own = experimentUse(context.tenant, asked.experiment);
  for (;;) {
    const before = layerOf(await loadState(runtime.log, runtime.states, own, true));
    try {
      return await defineFrom(runtime, asked, before, context);
    } catch (error) {
      if (!(error instanceof LayerChanged)) throw error;
    }
  }
}

/** @throws LayerChanged when the experiment has another layer than `before` */
function defineFrom(
  runtime: CommandRuntime,
  { experiment: id, definition: asked, restores }: AskedExperiment,
  before: LayerName | null,
  context: CommandContext<Experiment>,
): Promise<Handled<Experiment>> {
  const { tenant } = context;
  const own = experimentUse(tenant, id);
  const slot = asked.layer;
  const entered = slot === null ? null : layerUse(tenant, slot.layer);
  const left = before === null || before === slot?.layer ? null : layerUse(tenant, before);
  const uses: StreamUse[] = [own, entered, left].filter((use) => use !== null);
  return handle<Experiment>(
    runtime,
    uses,
    (stateOf) => {
      const state = stateOf(own);
      if (layerOf(state) !== before) throw new LayerChanged();
      const has = state.phase === 'absent' ? null : state.definition.layer;
      const keeps = slot !== null && has?.layer === slot.layer && has.from === slot.from && has.to === slot.to;
      const holdout = keeps ? has.holdout : entered === null ? null : stateOf(entered).holdout;
      const layer = slot === null ? null : { ...slot, holdout: holdout ?? 0 };
      const definition = { ...asked, layer };
      const decided = experiment.decide({ type: 'DefineExperiment', experiment: id, definition, restores }, state);
      if (decided.rejected !== undefined) return refused(decided.rejected);
      if (decided.events.length === 0) return { events: [], outcome: { ok: true, value: state } };
      const taken =
        entered === null || slot === null || keeps
          ? null
          : experimentLayer.decide({ type: 'TakeExperimentLayerSlot', experiment: id, ...slot }, stateOf(entered));
      if (taken?.rejected !== undefined) return refused(taken.rejected);
      const freed =
        left === null || before === null
          ? null
          : experimentLayer.decide({ type: 'FreeExperimentLayerSlot', layer: before, experiment: id }, stateOf(left));
      // a layer that is not written to is not checked: what is remembered of it may be older than the experiment
      if (taken?.events.length === 0 || freed?.events.length === 0) throw new LayerChanged();
      const run = state.phase === 'absent' ? 0 : state.run;
      return {
        events: [
          [own, decided.events],
          ...(entered === null || taken === null ? [] : ([[entered, taken.events]] as const)),
          ...(left === null || freed === null ? [] : ([[left, freed.events]] as const)),
        ],
        outcome: { ok: true, value: { phase: 'defined', definition, run, running: false, ramp: definition.ramp } },
      };
    },
    context,
  );
}

/** Starts, ramps or stops an experiment. Codes: EXPERIMENT_NOT_FOUND, EXPERIMENT_NOT_RUNNING, RAMP_SHRINKS.
 *  @returns the experiment then */
export function changeExperiment(
  runtime: CommandRuntime,
  command: Exclude<ExperimentCommand, { type: 'DefineExperiment' }>,
  context: CommandContext<Experiment>,
): Promise<Handled<Experiment>> {
  const own = experimentUse(context.tenant, command.experiment);
  return handle<Experiment>(
    runtime,
    [own],
    (stateOf) => {
      const state = stateOf(own);
      const { events, rejected } = experiment.decide(command, state);
      if (rejected !== undefined) return refused(rejected);
      const value = events.reduce<Experiment>((last, event) => experiment.evolve(last, event as never), state);
      return { events: [[own, events]], outcome: { ok: true, value } };
    },
    context,
  );
}

/** Makes a layer, or changes its holdout while no experiment has a place in it. Code: LAYER_IN_USE. */
export function defineExperimentLayer(
  runtime: CommandRuntime,
  command: DefineExperimentLayer,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const own = layerUse(context.tenant, command.layer);
  return handle<null>(
    runtime,
    [own],
    (stateOf) => {
      const { events, rejected } = experimentLayer.decide(command, stateOf(own));
      if (rejected !== undefined) return refused(rejected);
      return { events: [[own, events]], outcome: { ok: true, value: null } };
    },
    context,
  );
}

/** An experiment as the log has it now. */
export const findExperiment = (
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  id: ExperimentId,
): Promise<Experiment> => loadState(log, states, experimentUse(tenant, id), true);

/** What an experiment was defined as at a version of its stream; null = nothing was defined there. */
export async function definitionAt(
  { log }: Pick<CommandRuntime, 'log'>,
  tenant: TenantId,
  id: ExperimentId,
  version: number,
): Promise<AskedDefinition | null> {
  const at = BigInt(version);
  const { events } = await log.read(experimentStream(tenant, id), { from: at, to: at });
  const state = events.reduce<Experiment>(
    (last, event) => experimentUse(tenant, id).evolve(last, event),
    experiment.initial,
  );
  return state.phase === 'absent' ? null : state.definition;
}
