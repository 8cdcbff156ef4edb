import { validate as isUuid, v5 as uuidV5 } from 'uuid';
import type { ExperimentId, PlayerId, TenantId } from '../events/ids.ts';

/** Namespace of what was made elsewhere; fixed for ever, so that importing again finds the same players. */
const imported = 'c0de1f4e-6f0a-5b0e-9b5e-3c1f0a7d5e21';

/** The player whom a file calls by a name: the id itself where it is one of ours, else one that follows from tenant and name. */
export const importedPlayerId = (tenant: TenantId, name: string): PlayerId =>
  (isUuid(name) ? name.toLowerCase() : uuidV5(`player/${tenant}/${name}`, imported)) as PlayerId;

/** The id of the event that tells what came of a player in a run: always the same one. */
export const importedEventId = (experiment: ExperimentId, run: number, playerId: PlayerId): string =>
  uuidV5(`outcome/${experiment}/${run}/${playerId}`, imported);
