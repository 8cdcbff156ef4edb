import { createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { EmailHash, PlayerId, TenantId } from '../events/ids.ts';

/** Namespace of the player ids made from e-mail addresses. Fixed for ever. */
const playerNamespace = '3f6b1f0c-7d0e-4a3c-9d5e-6a1f2b8c4e71';

/** How an address is compared: without its surrounding blanks, in lower case. */
export const normalisedEmail = (address: string): string => address.trim().normalize('NFC').toLowerCase();

/** Pseudonym of an address in its tenant: HMAC-SHA256 with the pepper. The address itself stands nowhere in clear. */
export const emailHmac = (pepper: KeyObject, tenant: TenantId, address: string): EmailHash =>
  createHmac('sha256', pepper)
    .update(`email\0${tenant}\0${normalisedEmail(address)}`)
    .digest('hex') as EmailHash;

/** Id of the player that an address makes. @param generation one more for each player that the address has had */
export const playerOfEmail = (tenant: TenantId, email: EmailHash, generation: number): PlayerId =>
  uuidV5(`${tenant}/${email}/${generation}`, playerNamespace) as PlayerId;

/** What stands for a code in the log. */
export const emailCodeHash = (pepper: KeyObject, tenant: TenantId, code: string): string =>
  createHmac('sha256', pepper).update(`email code\0${tenant}\0${code}`).digest('hex');

/** Makes codes to send, of 256 random bits, each with what stands for it in the log. */
export const newCodes =
  (pepper: () => KeyObject) =>
  (tenant: TenantId): { readonly code: string; readonly codeHash: string } => {
    const code = randomBytes(32).toString('base64url');
    return { code, codeHash: emailCodeHash(pepper(), tenant, code) };
  };
