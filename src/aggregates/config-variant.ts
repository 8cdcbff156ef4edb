import type { ConfigEvent } from '../events/config.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { CohortName, ExperimentId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** @property version 0 = it was never set */
export type ConfigVariant = { readonly version: bigint; readonly values: JsonObject | null };

/** @property expected version that was decided on, 0 = none
 *  @property restores version that it goes back to; null = it is new */
export type SetConfigVariant = {
  readonly type: 'SetConfigVariant';
  readonly experiment: ExperimentId;
  readonly cohort: CohortName;
  readonly expected: bigint;
  readonly values: JsonObject;
  readonly restores: number | null;
};

export const configVariant: Decider<ConfigVariant, SetConfigVariant, ConfigEvent, 'CONFIG_VERSION_MISMATCH'> = {
  initial: { version: 0n, values: null },
  evolve: (_, { version, data }) => ({ version, values: data.values }),
  decide({ experiment, cohort, expected, values, restores }, { version }) {
    if (version !== expected) return reject('CONFIG_VERSION_MISMATCH');
    return accept({ type: 'ConfigVariantSet', data: { experiment, cohort, values, restores } });
  },
};
