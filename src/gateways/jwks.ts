import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { SocialUnavailable } from '../ports/social-verifier.ts';

const timeoutMs = 3_000;
const freshMs = 3_600_000;
const keptMs = 86_400_000;
const askAgainMs = 60_000;
const pauseMs = 5_000;
const leastRsaBits = 2_048;

/** A provider's key, with the one algorithm that it may have signed with. */
export type ProviderKey = { readonly key: KeyObject; readonly algorithm: 'RS256' | 'ES256' };

type Jwk = JsonWebKey & { readonly kid?: unknown; readonly use?: unknown; readonly alg?: unknown };

/** The keys that a provider publishes, by their ids. They are asked for once an hour, and for an id that is not among them at most once a
 *  minute; while the provider does not answer, those that are known are used for a day.
 *  @param url JWK Set, RFC 7517
 *  @returns null = the provider has no such key. @throws SocialUnavailable */
export function createKeySet(url: string, now: () => number): (id: string) => Promise<ProviderKey | null> {
  const policy = retry(handleAll, {
    maxAttempts: 2,
    backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1_000 }),
  });
  let keys: ReadonlyMap<string, ProviderKey> = new Map();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  const load = async (): Promise<void> => {
    try {
      keys = await policy.execute(() => askFor(url));
      loadedAt = now();
    } catch (error) {
      failedAt = now();
      throw new SocialUnavailable(`the keys at ${url} could not be read`, { cause: error });
    } finally {
      loading = undefined;
    }
  };
  const loadOnce = (): Promise<void> => {
    if (loading === undefined && now() - failedAt < pauseMs)
      return Promise.reject(new SocialUnavailable(`the keys at ${url} could not be read a moment ago`));
    loading ??= load();
    return loading;
  };

  return async (id) => {
    const age = now() - loadedAt;
    if (age < freshMs && (keys.has(id) || age < askAgainMs)) return keys.get(id) ?? null;
    try {
      await loadOnce();
    } catch (error) {
      if (now() - loadedAt >= keptMs || !keys.has(id)) throw error;
    }
    return keys.get(id) ?? null;
  };
}

async function askFor(url: string): Promise<ReadonlyMap<string, ProviderKey>> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const { keys } = (await response.json()) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('no JWK Set');
  const found = new Map<string, ProviderKey>();
  for (const jwk of keys as readonly Jwk[]) {
    const key = keyOf(jwk);
    if (key !== null && typeof jwk.kid === 'string') found.set(jwk.kid, key);
  }
  return found;
}

/** null = a key that we do not verify with: other algorithms, secrets, keys to encrypt with, short ones. */
function keyOf(jwk: Jwk | null): ProviderKey | null {
  if (jwk === null || typeof jwk !== 'object' || (jwk.use !== undefined && jwk.use !== 'sig')) return null;
  const algorithm = jwk.kty === 'RSA' ? 'RS256' : jwk.kty === 'EC' && jwk.crv === 'P-256' ? 'ES256' : null;
  if (algorithm === null || (jwk.alg !== undefined && jwk.alg !== algorithm)) return null;
  try {
    const { kty, n, e, crv, x, y } = jwk;
    const open = algorithm === 'RS256' ? { kty, n, e } : { kty, crv, x, y };
    const key = createPublicKey({ key: open as JsonWebKey, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return bits !== undefined && bits < leastRsaBits ? null : { key, algorithm };
  } catch {
    return null; // not a key
  }
}
