import { createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idTokenVerifier } from '../../src/gateways/id-token.ts';
import { SocialUnavailable } from '../../src/ports/social-verifier.ts';
import {
  audience,
  confusedToken,
  idToken,
  issuer,
  type TestProvider,
  testKey,
  testProvider,
  unsignedToken,
} from '../support/provider.ts';

const rsa = testKey('RS256');
const ec = testKey('ES256');
let provider: TestProvider;
let nowMs = Date.now();
let verifier: ReturnType<typeof idTokenVerifier>;
beforeEach(async () => {
  provider = await testProvider([rsa, ec]);
  const own = { name: 'example', issuer, audiences: [audience, 'my-other-game'], keysUrl: provider.url };
  verifier = idTokenVerifier([own], () => nowMs);
});
afterEach(() => provider.stop());

const verify = (token: string) => verifier.verify('example', token);
const signed = (claims: object = {}, header: object = {}, key = rsa) => idToken(key, claims, header, nowMs);
const good = { ok: true, subject: 'ada' };
const invalid = { ok: false, reason: 'invalid' };
const seconds = (n: number) => Math.floor(nowMs / 1000) + n;

test('tokens of both algorithms name their subject, and the keys are asked for once', async () => {
  const tokens = [signed(), signed({}, {}, ec), signed({ aud: ['my-other-game', audience] })];
  expect(await Promise.all(tokens.map(verify))).toEqual([good, good, good]);
  expect(await verify(signed())).toEqual(good);
  expect(provider.asked).toBe(1);
});

test('a provider that is not configured is unknown', async () =>
  expect(await verifier.verify('other', signed())).toEqual({ ok: false, reason: 'provider_unknown' }));

test.each<[string, object]>([
  ['for another application', { aud: 'their-game' }],
  ['for another application as well', { aud: [audience, 'their-game'] }],
  ['for nobody', { aud: [] }],
  ['of another issuer', { iss: `${issuer}/` }],
  ['that has expired', { exp: seconds(-60) }],
  ['that never expires', { exp: undefined }],
  ['that does not count yet', { nbf: seconds(120) }],
  ['from the future', { iat: seconds(120) }],
  ['about nobody', { sub: '' }],
  ['about a number', { sub: 7 }],
])('a token %s is refused', async (_, claims) => {
  expect(await verify(signed())).toEqual(good);
  expect(await verify(signed(claims))).toEqual(invalid);
});

test('clocks may differ by less than a minute', async () =>
  expect(await verify(signed({ exp: seconds(-50), iat: seconds(50) }))).toEqual(good));

test('tokens that are not signed, or with what everybody knows, are refused', async () => {
  const pem = createPublicKey(rsa.secret).export({ type: 'spki', format: 'pem' }).toString();
  const other = testKey('RS256');
  const [header, , signature] = signed().split('.');
  const swapped = [header, signed({ sub: 'eve' }).split('.')[1], signature].join('.');
  for (const token of [
    unsignedToken(rsa),
    `${unsignedToken(rsa)}AA`,
    confusedToken(rsa, pem),
    confusedToken(rsa, JSON.stringify(rsa.jwk)),
    idToken(other, {}, { kid: rsa.id }, nowMs),
    signed({}, { alg: 'ES256' }),
    signed({}, { kid: ec.id }),
    signed({}, { kid: undefined }),
    signed({}, { crit: ['b64'] }),
    swapped,
    'nonsense',
    'a.b.c',
    '',
    `${signed()}${'A'.repeat(8_192)}`,
  ])
    expect(await verify(token), token).toEqual(invalid);
});

test('short keys, secrets and keys to encrypt with sign nothing', async () => {
  const short = testKey('RS256', 1024);
  const encrypting = testKey('RS256');
  encrypting.jwk = { ...encrypting.jwk, use: 'enc' };
  const secret = { ...testKey('RS256'), jwk: { kty: 'oct', k: 'c2VjcmV0', kid: 'secret' } };
  provider.keys.push(short, encrypting, secret);
  for (const key of [short, encrypting]) expect(await verify(signed({}, {}, key))).toEqual(invalid);
  expect(await verify(signed())).toEqual(good);
});

test('a new key counts, and an id that nobody knows asks for the keys once a minute', async () => {
  expect(await verify(signed())).toEqual(good);
  const next = testKey('ES256');
  provider.keys = [next];
  for (let n = 0; n < 3; n += 1) expect(await verify(signed({}, {}, next))).toEqual(invalid);
  expect(provider.asked).toBe(1);
  nowMs += 60_000;
  expect(await verify(signed({}, {}, next))).toEqual(good);
  expect(await verify(signed())).toEqual(invalid);
  expect(provider.asked).toBe(2);
});

test('while the provider does not answer, known keys count for a day and unknown ones cannot be told', async () => {
  const start = nowMs;
  expect(await verify(signed())).toEqual(good);
  provider.answers = false;
  nowMs = start + 3_600_000;
  expect(await verify(signed())).toEqual(good);
  await expect(verify(signed({}, {}, testKey('RS256')))).rejects.toThrow(SocialUnavailable);
  nowMs = start + 86_400_000;
  await expect(verify(signed())).rejects.toThrow(SocialUnavailable);
  const { asked } = provider;
  await expect(verify(signed())).rejects.toThrow(SocialUnavailable);
  expect(provider.asked).toBe(asked);
  provider.answers = true;
  nowMs += 5_000;
  expect(await verify(signed())).toEqual(good);
});
