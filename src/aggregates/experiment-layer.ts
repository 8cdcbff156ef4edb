import type { ExperimentLayerEvent } from '../events/experiment.ts';
import type { ExperimentId, LayerName } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

type Slot = { readonly from: number; readonly to: number };

/** @property holdout in basis points; null = there is no such layer
 *  @property slots   by experiment; no two overlap */
export type ExperimentLayer = { readonly holdout: number | null; readonly slots: ReadonlyMap<ExperimentId, Slot> };

export type DefineExperimentLayer = {
  readonly type: 'DefineExperimentLayer';
  readonly layer: LayerName;
  readonly holdout: number;
};
/** Takes the part from `from` to just below `to`, in place of the one that the experiment had. */
export type TakeExperimentLayerSlot = Slot & {
  readonly type: 'TakeExperimentLayerSlot';
  readonly layer: LayerName;
  readonly experiment: ExperimentId;
};
export type FreeExperimentLayerSlot = {
  readonly type: 'FreeExperimentLayerSlot';
  readonly layer: LayerName;
  readonly experiment: ExperimentId;
};

export const experimentLayer: Decider<
  ExperimentLayer,
  DefineExperimentLayer | TakeExperimentLayerSlot | FreeExperimentLayerSlot,
  ExperimentLayerEvent,
  'LAYER_NOT_FOUND' | 'LAYER_IN_USE' | 'LAYER_SLOT_TAKEN'
> = {
  initial: { holdout: null, slots: new Map() },

  evolve(state, { type, data }) {
    if (type === 'ExperimentLayerDefined') return { ...state, holdout: data.holdout };
    const slots = new Map(state.slots);
    if (type === 'ExperimentLayerSlotTaken') slots.set(data.experiment, { from: data.from, to: data.to });
    else slots.delete(data.experiment);
    return { ...state, slots };
  },

  decide(command, { holdout, slots }) {
    const { layer } = command;
    switch (command.type) {
      case 'DefineExperimentLayer':
        if (command.holdout === holdout) return accept();
        if (slots.size > 0) return reject('LAYER_IN_USE');
        return accept({ type: 'ExperimentLayerDefined', data: { layer, holdout: command.holdout } });
      case 'TakeExperimentLayerSlot': {
        const { experiment, from, to } = command;
        if (holdout === null) return reject('LAYER_NOT_FOUND');
        const own = slots.get(experiment);
        if (own?.from === from && own.to === to) return accept();
        for (const [other, slot] of slots)
          if (other !== experiment && from < slot.to && slot.from < to) return reject('LAYER_SLOT_TAKEN');
        return accept({ type: 'ExperimentLayerSlotTaken', data: { layer, experiment, from, to } });
      }
      case 'FreeExperimentLayerSlot': {
        const { experiment } = command;
        return slots.has(experiment)
          ? accept({ type: 'ExperimentLayerSlotFreed', data: { layer, experiment } })
          : accept();
      }
    }
  },
};
