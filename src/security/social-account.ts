import { createHmac, type KeyObject } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { PlayerId, SocialHash, TenantId } from '../events/ids.ts';
import type { SocialAccount } from '../events/social.ts';

/** Namespace of the player ids made from accounts at providers. Fixed for ever. */
const playerNamespace = '8c1d5e0a-52f7-4b0e-9a63-b7e0f4d2c916';

/** Pseudonym of an account in its tenant: HMAC-SHA256 with the pepper. The provider's id of somebody stands nowhere in clear. */
export const socialAccountOf = (
  pepper: KeyObject,
  tenant: TenantId,
  provider: string,
  subject: string,
): SocialAccount => ({
  provider,
  socialHash: createHmac('sha256', pepper)
    .update(`social\0${tenant}\0${provider}\0${subject}`)
    .digest('hex') as SocialHash,
});

/** Id of the player that an account makes. @param generation one more for each player that the account has had */
export const playerOfSocial = (tenant: TenantId, account: SocialAccount, generation: number): PlayerId =>
  uuidV5(`${tenant}/${account.provider}/${account.socialHash}/${generation}`, playerNamespace) as PlayerId;
