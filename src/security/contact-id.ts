import { createHmac, type KeyObject } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { ContactId, TenantId } from '../events/ids.ts';

/** Namespace of the ids of those who write to bots. Fixed for ever. */
const contactNamespace = '5f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64';

/** Pseudonym of a Telegram user in a tenant. The user's number itself is stored nowhere in clear.
 *  @param generation 0 at first, one more after each erasure: who comes back is somebody new */
export function contactIdOf(pepper: KeyObject, tenant: TenantId, userId: number, generation: number): ContactId {
  const hash = createHmac('sha256', pepper).update(`telegram\0${tenant}\0${userId}`).digest('hex');
  return uuidV5(`${tenant}/${hash}/${generation}`, contactNamespace) as ContactId;
}

/** What stands for a link code in the log: the code itself is shown to its player only. */
export const linkCodeHash = (pepper: KeyObject, tenant: TenantId, code: string): string =>
  createHmac('sha256', pepper).update(`link code\0${tenant}\0${code}`).digest('hex');
