import { analyticsBatch } from '../aggregates/analytics-batch.ts';
import { exposure } from '../aggregates/exposure.ts';
import { analyticsStream, importedOutcome } from '../events/analytics.ts';
import { exposureStream } from '../events/exposure.ts';
import type { CohortName, ExperimentId, PlayerId } from '../events/ids.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using, usingEnd } from './stream-use.ts';

/** A player of an experiment that took place elsewhere.
 *  @property eventId  of the analytics event, the same whenever this player is imported
 *  @property measures what came of it, by the names of metrics
 *  @property isNew    false = the player may be there already, so look before writing; only the speed depends on it
 *  @property isFirst  true = probably nothing was told of this player before; only the speed depends on it */
export type ImportPlayer = {
  readonly experiment: ExperimentId;
  readonly run: number;
  readonly playerId: PlayerId;
  readonly cohort: CohortName;
  readonly eventId: string;
  readonly measures: Readonly<Record<string, number>>;
  readonly isNew: boolean;
  readonly isFirst: boolean;
};

/** Records that a player was shown a cohort and what came of it, in one append; a player who is there already is left as they are.
 *  @returns whether the player was imported now */
export async function importPlayer(
  runtime: CommandRuntime,
  { experiment, run, playerId, cohort, eventId, measures, isNew, isFirst }: ImportPlayer,
  context: CommandContext<boolean>,
): Promise<Handled<boolean>> {
  const { tenant, now } = context;
  const shown = using(exposure, exposureStream(tenant, experiment, run, playerId), 'write', true);
  const told = usingEnd(analyticsStream(tenant, playerId), isFirst);
  if (!isNew && (await runtime.log.version(shown.streamId)) > 0n)
    return { outcome: { ok: true, value: false }, events: [] };
  return handle<boolean>(
    runtime,
    [shown, told],
    (stateOf) => {
      const exposed = exposure.decide({ type: 'ExposePlayer', experiment, run, playerId, cohort }, stateOf(shown));
      if (exposed.events.length === 0) return { events: [], outcome: { ok: true, value: false } };
      const outcome = {
        ...{ id: eventId, name: importedOutcome, measures, experiment, cohort },
        ...{ deviceAt: now, properties: null },
      };
      const collected = analyticsBatch.decide(
        {
          ...{ type: 'CollectAnalytics', playerId, sessionId: null, receivedAt: now, sentAt: null },
          ...{ maxAgeMs: 0, events: [outcome] },
        },
        null,
      );
      return {
        events: [
          [shown, exposed.events],
          [told, collected.events],
        ],
        outcome: { ok: true, value: true },
      };
    },
    context,
  );
}
