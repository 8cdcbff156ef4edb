import { analyticsBatch, type CollectAnalytics, type ToldEvent } from '../aggregates/analytics-batch.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { analyticsStream } from '../events/analytics.ts';
import type { JsonObject } from '../events/envelope.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { usingEnd } from './stream-use.ts';

/** Under which the properties of an analytics event are sealed. */
export const propertiesField = 'analytics_properties';

/** @property events as the client told them, properties in clear */
export type TellAnalytics = Omit<CollectAnalytics, 'type' | 'events'> & {
  readonly events: readonly (Omit<ToldEvent, 'properties'> & { readonly properties: JsonObject | null })[];
};

/** Takes a batch of analytics events of a player, their properties sealed with the player's data key.
 *  @returns how many were taken
 *  @throws PersonalDataErased when the player's data key was deleted */
export async function collectAnalytics(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  command: TellAnalytics,
  context: CommandContext<number>,
): Promise<Handled<number>> {
  const stream = usingEnd(analyticsStream(context.tenant, command.playerId));
  const isAnythingSealed = command.events.some(({ properties }) => properties !== null);
  for (;;) {
    const sealer = await runtime.vault.forWriting(context.tenant, command.playerId);
    const events = command.events.map(({ properties, ...told }) => ({
      ...told,
      properties: properties === null ? null : sealer.encrypt(propertiesField, JSON.stringify(properties)),
    }));
    const decided = analyticsBatch.decide({ type: 'CollectAnalytics', ...command, events }, null);
    const dataKeys = sealer.newKey === null || !isAnythingSealed ? [] : [sealer.newKey];
    try {
      return await handle<number>(
        runtime,
        [stream],
        () => ({ events: [[stream, decided.events]], outcome: { ok: true, value: events.length }, dataKeys }),
        context,
      );
    } catch (error) {
      // The player's first key was made elsewhere meanwhile: seal with that one.
      if (!(error instanceof DataKeyExists)) throw error;
    }
  }
}
