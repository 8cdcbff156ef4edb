import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const issuer = 'https://accounts.example';
export const audience = 'my-game';

/** A pair of keys of a provider. */
export type TestKey = {
  readonly id: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly secret: KeyObject;
  jwk: object;
};

export function testKey(algorithm: 'RS256' | 'ES256', bits = 2048): TestKey {
  const id = randomUUID();
  const { publicKey, privateKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig', alg: algorithm };
  return { id, algorithm, secret: privateKey, jwk };
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An ID token. @param changes to its header and its claims; undefined = left out */
export function idToken(key: TestKey, claims: object = {}, header: object = {}, nowMs = Date.now()): string {
  const nowS = Math.floor(nowMs / 1000);
  const text = [
    encoded({ alg: key.algorithm, kid: key.id, typ: 'JWT', ...header }),
    encoded({ iss: issuer, aud: audience, sub: 'ada', iat: nowS, exp: nowS + 300, ...claims }),
  ].join('.');
  const signature = createSign('sha256').update(text).sign({ key: key.secret, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** The confusion of algorithms: HMAC with what everybody knows of the key. */
export function confusedToken(key: TestKey, secret: string): string {
  const [, payload] = idToken(key).split('.');
  const text = `${encoded({ alg: 'HS256', kid: key.id })}.${payload}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

export const unsignedToken = (key: TestKey): string => {
  const [, payload] = idToken(key).split('.');
  return `${encoded({ alg: 'none', kid: key.id })}.${payload}.`;
};

/** A provider on this machine that publishes keys. @property asked how often it was asked for them */
export async function testProvider(keys: readonly TestKey[]) {
  const state = { keys: [...keys], answers: true, asked: 0 };
  const server = createServer((_request, response) => {
    state.asked += 1;
    if (!state.answers) return void response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: state.keys.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
export type TestProvider = Awaited<ReturnType<typeof testProvider>>;
