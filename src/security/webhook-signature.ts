import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TenantId } from '../events/ids.ts';
import type { KeyRing } from './key-ring.ts';

/** How far the time of a signature may be from ours. */
export const signatureToleranceS = 300;

/** @property t seconds since 1970; @property v1 one signature for each secret that the sender has at the moment */
export type WebhookSignature = { readonly t: number; readonly v1: readonly Buffer[] };

const maxSignatures = 10;

/** Reads `t=<unix s>,v1=<hex>,v1=<hex>`; parts of other names are passed over.
 *  @returns null when it is of another form, or its time is not ours
 *  @param now milliseconds since 1970 */
export function readSignature(header: string, now: number): WebhookSignature | null {
  const parts = header.split(',', maxSignatures + 2).map((part) => part.trim());
  const times = parts.filter((part) => part.startsWith('t='));
  const v1 = parts.flatMap((part) => {
    const [, hex] = /^v1=([0-9a-f]{64})$/i.exec(part) ?? [];
    return hex === undefined ? [] : [Buffer.from(hex, 'hex')];
  });
  const t = times.length === 1 && /^t=\d{1,12}$/.test(times[0]!) ? Number(times[0]!.slice(2)) : null;
  if (t === null || v1.length === 0 || v1.length > maxSignatures) return null;
  return Math.abs(now / 1000 - t) > signatureToleranceS ? null : { t, v1 };
}

/** A signature of a webhook, as a payment service provider makes it. @returns hexadecimal */
export const signWebhook = (secret: Parameters<typeof createHmac>[1], t: number, body: string | Buffer): string =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');

/** Finds whose webhook it is: every known secret is tried, each comparison takes constant time.
 *  @returns the tenant whose secret signed, or null */
export const createPspFinder =
  (ring: KeyRing) =>
  ({ t, v1 }: WebhookSignature, body: Buffer): TenantId | null => {
    let found: TenantId | null = null;
    for (const { tenant, secret } of ring.keys().pspSecrets) {
      const expected = Buffer.from(signWebhook(secret, t, body), 'hex');
      for (const given of v1) if (timingSafeEqual(given, expected)) found = tenant;
    }
    return found;
  };
