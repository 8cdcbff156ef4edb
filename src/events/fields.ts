import { z } from 'zod';
import type { JsonObject } from './envelope.ts';
import type {
  DeviceHash,
  EmailHash,
  GroupId,
  MatchId,
  PartyId,
  PlayerId,
  SeasonName,
  SessionId,
  TicketId,
} from './ids.ts';

/** Field schemas that several contexts store. */

const branded = <T extends string>(schema: z.ZodString | z.ZodUUID) => schema as unknown as z.ZodType<T, string>;

export const groupIdField = branded<GroupId>(z.uuid());
export const partyIdField = branded<PartyId>(z.uuid());
export const playerIdField = branded<PlayerId>(z.uuid());
export const sessionIdField = branded<SessionId>(z.uuid());
export const ticketIdField = branded<TicketId>(z.uuid());
export const matchIdField = branded<MatchId>(z.uuid());
export const seasonField = branded<SeasonName>(z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/));
export const deviceHashField = branded<DeviceHash>(z.string().min(1).max(128));
export const emailHashField = branded<EmailHash>(z.string().min(1).max(128));
/** Ciphertext of personal data, readable only with the player's data key. */
export const sealedField = z.string().min(1);
/** Whole number within ±(2^53 − 1). */
export const scoreField = z.int();
/** Name of a way to play: `duo`. */
export const modeField = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
/** RFC 3339 UTC. */
export const instantField = z.iso.datetime();
export const jsonObjectField = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;
