import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { playerIdField } from './fields.ts';
import { type SocialHash, streamId, type TenantId } from './ids.ts';

const socialHashField = z.string().min(1).max(90) as unknown as z.ZodType<SocialHash, string>;
const whose = { provider: z.string().min(1).max(32), socialHash: socialHashField, playerId: playerIdField };

/** Stream `social-<tenant>_<provider>_<hash>`: the player who signs in with an account at a provider. Who it is there stands nowhere. */
export const socialEvents = {
  /** `generation` counts the players that the account has had. */
  SocialAccountClaimed: define({ version: 1, schema: z.object({ ...whose, generation: z.int().min(1) }) }),
  /** The account is free again. */
  SocialAccountReleased: define({ version: 1, schema: z.object({ ...whose, reason: z.enum(['erasure', 'player']) }) }),
} satisfies Record<string, EventDefinition>;

export type SocialEvent = EventsOf<typeof socialEvents>;

/** An account at a provider. @property socialHash pseudonym of who it is there */
export type SocialAccount = { readonly provider: string; readonly socialHash: SocialHash };

export const socialStream = (tenant: TenantId, { provider, socialHash }: SocialAccount) =>
  streamId('social', tenant, provider, socialHash);
