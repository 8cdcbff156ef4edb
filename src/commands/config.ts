import { configVariant, type SetConfigVariant } from '../aggregates/config-variant.ts';
import { configStream } from '../events/config.ts';
import type { JsonObject } from '../events/envelope.ts';
import { globalConfig } from '../events/global-config.ts';
import type { CohortName, ExperimentId, TenantId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { findExperiment } from './experiment.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Sets what the game of a cohort is configured with. Codes: CONFIG_VERSION_MISMATCH, EXPERIMENT_NOT_FOUND, COHORT_NOT_FOUND.
 *  @returns the version then */
export async function setConfigVariant(
  runtime: CommandRuntime,
  command: SetConfigVariant,
  context: CommandContext<bigint>,
): Promise<Handled<bigint>> {
  const { tenant } = context;
  const { experiment, cohort } = command;
  const unknown = await unknownCohort(runtime, tenant, experiment, cohort);
  const stream = using(configVariant, configStream(tenant, experiment, cohort));
  return handle<bigint>(
    runtime,
    [stream],
    (stateOf) => {
      if (unknown !== null) return { events: [], outcome: { ok: false, code: unknown } };
      const { events, rejected } = configVariant.decide(command, stateOf(stream));
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      return { events: [[stream, events]], outcome: { ok: true, value: command.expected + 1n } };
    },
    context,
  );
}

/** Why there is no such cohort; null = there is. */
async function unknownCohort(
  runtime: CommandRuntime,
  tenant: TenantId,
  experiment: ExperimentId,
  cohort: CohortName,
): Promise<string | null> {
  if (experiment === globalConfig.experiment) return cohort === globalConfig.cohort ? null : 'COHORT_NOT_FOUND';
  const found = await findExperiment(runtime, tenant, experiment);
  if (found.phase === 'absent') return 'EXPERIMENT_NOT_FOUND';
  return found.definition.cohorts.some((each) => each.cohort === cohort) ? null : 'COHORT_NOT_FOUND';
}

/** What a variant was set to at one of its versions; null = it has no such version. */
export async function configValuesAt(
  { log }: Pick<CommandRuntime, 'log'>,
  tenant: TenantId,
  experiment: ExperimentId,
  cohort: CohortName,
  version: number,
): Promise<JsonObject | null> {
  const use = using(configVariant, configStream(tenant, experiment, cohort));
  const at = BigInt(version);
  const { events } = await log.read(use.streamId, { from: at, to: at });
  return events.reduce((last, event) => use.evolve(last, event), use.initial).values;
}

/** A variant as the log has it now. */
export const findConfigVariant = (
  { log, states }: Pick<CommandRuntime, 'log' | 'states'>,
  tenant: TenantId,
  experiment: ExperimentId,
  cohort: CohortName,
) => loadState(log, states, using(configVariant, configStream(tenant, experiment, cohort)), true);
