import { type DomainEvent, parseEventAs } from '../events/catalogue.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { LogView } from '../ports/projection.ts';

type PersonalDataErased = Extract<DomainEvent, { type: 'PersonalDataErased' }>;
type Listener = (tenant: TenantId, playerId: PlayerId) => void;

/** Tells what keeps something of a player in memory to forget it. */
export type ErasureAnnouncements = { onErased(listener: Listener): void };

/** Announces each `PersonalDataErased`, also those of other processes, as it comes in the log.
 *  @param positions where the log ends now: what was erased before, nobody has in memory yet */
export function createErasures(positions: () => Promise<ReadonlyMap<number, bigint>>): LogView & ErasureAnnouncements {
  const listeners: Listener[] = [];
  return {
    name: 'erasures',
    types: ['PersonalDataErased'],
    load: positions,
    apply(event) {
      const { tenant, data } = parseEventAs<PersonalDataErased>(event);
      for (const listener of listeners) listener(tenant, data.playerId);
    },
    onErased: (listener) => void listeners.push(listener),
  };
}
