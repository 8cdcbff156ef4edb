import { createHmac, type KeyObject } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { DeviceHash, PlayerId, TenantId } from '../events/ids.ts';

/** Namespace of the player ids made from devices. Fixed for ever: a change makes every device a new player. */
const playerNamespace = 'd368c408-b92c-463a-92c1-0ca218bee769';

/** Pseudonym of a device in its tenant: HMAC-SHA256 with the pepper, 64 hexadecimal digits. The device id itself is
 *  stored nowhere. */
export const deviceHmac = (pepper: KeyObject, tenant: TenantId, deviceId: string): DeviceHash =>
  createHmac('sha256', pepper).update(`${tenant}\0${deviceId}`).digest('hex') as DeviceHash;

/** Id of the player that a device's first use creates.
 *  @param generation that of the device's link: 1 for its first, one more for each after an erasure or unlinking */
export const playerIdOf = (tenant: TenantId, device: DeviceHash, generation: number): PlayerId =>
  uuidV5(`${tenant}/${device}/${generation}`, playerNamespace) as PlayerId;
