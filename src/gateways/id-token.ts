import { verify } from 'node:crypto';
import type { SocialVerdict, SocialVerifier } from '../ports/social-verifier.ts';
import { createKeySet, type ProviderKey } from './jwks.ts';

/** A provider of OpenID Connect.
 *  @property audiences ids of our applications there
 *  @property keysUrl   where it publishes its keys */
export type SocialProvider = {
  readonly name: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keysUrl: string;
};

const leewayS = 60;
const longestToken = 8_192;
const longestSubject = 255;
const shape = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const invalid: SocialVerdict = { ok: false, reason: 'invalid' };

/** Verifies ID tokens with the keys that their providers publish. The algorithm is that of the key, whatever the token says.
 *  @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation */
export function idTokenVerifier(providers: readonly SocialProvider[], now: () => number): SocialVerifier {
  const known = new Map(providers.map((each) => [each.name, { ...each, keyOf: createKeySet(each.keysUrl, now) }]));
  return {
    async verify(name, token) {
      const provider = known.get(name);
      if (provider === undefined) return { ok: false, reason: 'provider_unknown' };
      const [, header = '', payload = '', signature = ''] =
        token.length > longestToken ? [] : (shape.exec(token) ?? []);
      const { alg, kid, crit } = objectIn(header);
      const claims: Claims = objectIn(payload);
      // first what costs nothing: keys are asked for only for a token that could be good
      if (typeof kid !== 'string' || (alg !== 'RS256' && alg !== 'ES256') || crit !== undefined) return invalid;
      if (!isMeantForUs(claims, provider, now() / 1000)) return invalid;
      const key = await provider.keyOf(kid);
      if (key?.algorithm !== alg || !isSigned(key, `${header}.${payload}`, signature)) return invalid;
      return { ok: true, subject: claims.sub as string };
    },
  };
}

type Claims = { readonly [Name in 'iss' | 'aud' | 'sub' | 'exp' | 'nbf' | 'iat']?: unknown };
type Header = { readonly [Name in 'alg' | 'kid' | 'crit']?: unknown };

function objectIn(part: string): Claims & Header {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // no JSON
  }
}

function isMeantForUs(
  { iss, aud, sub, exp, nbf, iat }: Claims,
  { issuer, audiences }: SocialProvider,
  nowS: number,
): boolean {
  const named = [aud].flat();
  const isFromThen = (time: unknown) => time === undefined || (typeof time === 'number' && time <= nowS + leewayS);
  return (
    iss === issuer &&
    named.length > 0 &&
    named.every((each) => typeof each === 'string' && audiences.includes(each)) &&
    typeof sub === 'string' &&
    sub.length > 0 &&
    sub.length <= longestSubject &&
    typeof exp === 'number' &&
    nowS < exp + leewayS &&
    isFromThen(nbf) &&
    isFromThen(iat)
  );
}

const isSigned = ({ key }: ProviderKey, text: string, signature: string): boolean =>
  verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
