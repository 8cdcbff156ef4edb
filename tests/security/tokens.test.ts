import { createSigner } from 'fast-jwt';
import { expect, test } from 'vitest';
import type { PlayerId, SessionId } from '../../src/events/ids.ts';
import { maxTokenLifeS } from '../../src/security/keys.ts';
import { createNakamaTokenIssuer } from '../../src/security/nakama-token.ts';
import { activationDelayMs, rotateJwtKeys } from '../../src/security/rotate-keys.ts';
import { createTokenIssuer } from '../../src/security/session-token.ts';
import { createTokenVerifier } from '../../src/security/token-verifier.ts';
import { acme, ann, clockAt, ringOf, session, start } from './support.ts';

function setUp({ cacheSize = 100 } = {}) {
  const ring = ringOf();
  const clock = clockAt(start);
  const revoked = new Set<SessionId>();
  const verify = createTokenVerifier({ ring, now: clock.now, isRevoked: (id) => revoked.has(id), cacheSize });
  const issuer = createTokenIssuer(ring);
  const sessionToken = (ttlS = 7200, playerId: PlayerId = ann) =>
    issuer.session({ tenant: acme, playerId, sessionId: session, ttlS, nowMs: clock.now() }).token;
  return { ring, clock, revoked, verify, issuer, sessionToken };
}
const claims = (over: object = {}) => {
  const iat = start.getTime() / 1000;
  return {
    sub: ann,
    tenant: 'acme',
    sid: session,
    roles: [],
    typ: 'session',
    iss: 'sandai',
    aud: 'sandai',
    iat,
    exp: iat + 60,
    ...over,
  };
};

test('a session token says who is calling until it expires, cached or not', () => {
  const { clock, verify, sessionToken } = setUp();
  const token = sessionToken(60);
  const expiresAt = start.getTime() / 1000 + 60;
  const principal = { kind: 'player', tenant: acme, playerId: ann, sessionId: session, roles: [], expiresAt };
  expect(verify(token)).toEqual({ ok: true, principal });
  clock.advance(59_999);
  expect(verify(token)).toEqual({ ok: true, principal });
  clock.advance(1);
  expect(verify(token)).toEqual({ ok: false, reason: 'expired' });
  expect(setUp().verify(token)).toEqual({ ok: false, reason: 'invalid' });
});

test('a revoked session is refused although its token is in the cache', () => {
  const { revoked, verify, sessionToken } = setUp();
  const token = sessionToken();
  expect(verify(token).ok).toBe(true);
  revoked.add(session);
  expect(verify(token)).toEqual({ ok: false, reason: 'revoked' });
});

test('a token outlives the rotation of its key, cached or not, but not its removal', () => {
  const { ring, clock, verify, sessionToken } = setUp();
  const [seen, unseen] = [sessionToken(7200), sessionToken(7201)];
  verify(seen);
  ring.replace(rotateJwtKeys({ now: start }));
  clock.advance(activationDelayMs);
  expect(verify(seen).ok).toBe(true);
  expect(verify(unseen).ok).toBe(true);
  expect(verify(sessionToken()).ok).toBe(true);
  ring.replace(rotateJwtKeys({ now: start, compromised: true }));
  expect(verify(seen)).toEqual({ ok: false, reason: 'invalid' });
  expect(verify(sessionToken()).ok).toBe(true);
});

test('a token signed by a retired key after the end of its use is refused', () => {
  const { ring, clock, verify } = setUp();
  const old = ring.signingKey(clock.now());
  ring.replace(rotateJwtKeys({ now: start }));
  const iat = start.getTime() / 1000;
  const sign = createSigner({ algorithm: 'HS256', key: old.secret.export(), kid: old.kid });
  const forever = sign(claims({ exp: iat + 10 * maxTokenLifeS }));
  expect(verify(forever).ok).toBe(true);
  clock.advance(activationDelayMs + maxTokenLifeS * 1000);
  expect(verify(forever)).toEqual({ ok: false, reason: 'invalid' });
});

test('an operator token names its role, tenant and subject', () => {
  const { clock, issuer, verify } = setUp();
  const grant = {
    tenant: acme,
    sessionId: session,
    subject: 'kim',
    role: 'ops',
    ttlS: 60,
    nowMs: clock.now(),
  } as const;
  expect(verify(issuer.operator(grant).token)).toMatchObject({
    principal: { kind: 'operator', tenant: acme, subject: 'kim', roles: ['ops'] },
  });
});

test.each([0, -1, 1.5, Number.NaN, maxTokenLifeS + 1])('no token is issued for %d seconds', (ttlS) => {
  expect(() => setUp().sessionToken(ttlS)).toThrow(RangeError);
});

test.each(['', 'bob', '00000000-0000-0000-0000-000000000000'])('no token is issued for the player id "%s"', (id) => {
  const { ring, sessionToken } = setUp();
  expect(() => sessionToken(60, id as PlayerId)).toThrow();
  const nakama = createNakamaTokenIssuer(ring);
  expect(() => nakama({ playerId: id as PlayerId, username: 'x', ttlS: 60, nowMs: 0 })).toThrow(/UUID/);
});

test('tokens of other makers, keys, algorithms, types and shapes are refused', () => {
  const { ring, clock, verify } = setUp();
  const { kid, secret } = ring.signingKey(clock.now());
  const key = secret.export();
  const sign = (over: object, options: object = {}) =>
    createSigner({ algorithm: 'HS256', key, kid, ...options })(claims(over));
  const { iss: _iss, ...unissued } = claims();
  const unsigned = (header: object) =>
    `${[header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  expect(verify(sign({})).ok).toBe(true);
  const refused: Record<string, string> = {
    'no kid': sign({}, { kid: undefined }),
    'unknown kid': sign({}, { kid: 'other' }),
    'other key': sign({}, { key: Buffer.alloc(32, 1) }),
    HS512: sign({}, { algorithm: 'HS512' }),
    none: unsigned({ alg: 'none', typ: 'JWT', kid }),
    'no signature': unsigned({ alg: 'HS256', typ: 'JWT', kid }),
    'header typ': sign({}, { header: { typ: 'at+jwt' } }),
    issuer: sign({ iss: 'nakama' }),
    'no issuer': createSigner({ algorithm: 'HS256', key, kid })(unissued),
    audience: sign({ aud: 'elsewhere' }),
    'claim typ': sign({ typ: 'refresh' }),
    'operator with a player role': sign({ typ: 'operator', roles: ['player'] }),
    subject: sign({ sub: 'ann' }),
    tenant: sign({ tenant: 'Acme!' }),
    'Nakama session': createNakamaTokenIssuer(ring)({ playerId: ann, username: 'ann', ttlS: 60, nowMs: clock.now() }),
    'too long': sign({ roles: ['x'.repeat(5000)] }),
    junk: 'a.b.c',
    empty: '',
  };
  for (const [name, token] of Object.entries(refused)) {
    expect({ name, verdict: verify(token) }).toEqual({ name, verdict: { ok: false, reason: 'invalid' } });
  }
});

test('every changed character of a token makes it invalid', () => {
  const { verify, sessionToken } = setUp();
  const token = sessionToken();
  for (let at = 0; at < token.length; at += 1) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    expect(verify(changed).ok, `character ${at}`).toBe(false);
  }
});

test('a token has no second spelling: the unused bits of its last character are zero', () => {
  const { verify, sessionToken } = setUp();
  const token = sessionToken();
  const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
  expect(spellings.filter((end) => verify(token.slice(0, -1) + end).ok)).toEqual([token.at(-1)]);
});

test('verdicts stay right when the cache is smaller than the number of callers', () => {
  const { verify, issuer, clock, revoked } = setUp({ cacheSize: 2 });
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as SessionId[];
  const tokens = ids.map(
    (sessionId) => issuer.session({ tenant: acme, playerId: ann, sessionId, ttlS: 60, nowMs: clock.now() }).token,
  );
  revoked.add(ids[3]!);
  for (let round = 0; round < 3; round += 1) {
    expect(tokens.map((token) => verify(token).ok)).toEqual([true, true, true, false, true, true, true]);
  }
});

test('a Nakama token has exactly the shape of a Nakama session', () => {
  const ring = ringOf();
  const issue = createNakamaTokenIssuer(ring);
  const decode = (token: string) =>
    token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  const iat = start.getTime() / 1000;
  const [header, plain] = decode(issue({ playerId: ann, username: 'ann', ttlS: 60, nowMs: start.getTime() }));
  expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(plain).toEqual({ tid: expect.stringMatching(/^[0-9a-f-]{36}$/), uid: ann, usn: 'ann', exp: iat + 60, iat });
  const [, withVars] = decode(
    issue({ playerId: ann, username: 'ann', vars: { tier: 'gold' }, ttlS: 60, nowMs: start.getTime() }),
  );
  expect(withVars.vrs).toEqual({ tier: 'gold' });
});
