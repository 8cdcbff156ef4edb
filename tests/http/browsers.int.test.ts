import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDevice, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

const game = 'https://game.example';
let cluster: TestCluster;
let closed: TestNode;
let open: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  closed = await cluster.node();
  open = await cluster.node({ settings: { 'http.corsOrigins': `${game},http://localhost:3000` } });
});
afterAll(() => cluster.stop());

const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
const preflight = (node: TestNode, path: string, headers: Record<string, string>) =>
  node.call(path, { method: 'OPTIONS', headers });
const corsOf = ({ headers }: Reply) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe('without a list of origins', () => {
  test('no page of another origin may do anything', async () => {
    const answer = await closed.call('/healthz', { headers: { origin: game } });
    expect([answer.status, corsOf(answer), answer.headers.get('vary')]).toEqual([200, {}, null]);
    const question = await preflight(closed, '/v1/auth/device', { origin: game, ...asked });
    expect([question.status, question.body.error.code, corsOf(question)]).toEqual([405, 'METHOD_NOT_ALLOWED', {}]);
  });
});

describe('with a list of origins', () => {
  test('a listed page may ask before it calls, and read the answer and its headers', async () => {
    const question = await preflight(open, '/v1/auth/device', { origin: game, ...asked });
    expect([question.status, question.text]).toEqual([204, '']);
    expect(corsOf(question)).toMatchObject({
      'access-control-allow-origin': game,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': expect.stringContaining('Idempotency-Key'),
      'access-control-max-age': '600',
    });
    const answer = await open.call('/v1/auth/device', {
      body: { device_id: newDevice() },
      key: newKey(),
      headers: { origin: game },
    });
    expect(answer.status).toBe(200);
    expect(corsOf(answer)).toMatchObject({
      'access-control-allow-origin': game,
      'access-control-expose-headers': expect.stringContaining('Sandai-Position'),
    });
  });

  test('it may read errors too, and never sends cookies', async () => {
    for (const [path, status] of [
      ['/v1/profile', 401],
      ['/v1/nowhere', 404],
    ] as const) {
      const answer = await open.call(path, { headers: { origin: 'http://localhost:3000' } });
      expect([answer.status, corsOf(answer)['access-control-allow-origin']]).toEqual([status, 'http://localhost:3000']);
      expect(corsOf(answer)).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  test.each([
    ['of another scheme', 'http://game.example'],
    ['of a subdomain', 'https://evil.game.example'],
    ['that begins alike', 'https://game.example.evil.example'],
    ['on another port', 'https://game.example:8443'],
    ['in capitals', 'https://GAME.example'],
    ['of a file', 'null'],
  ])('a page %s may nothing', async (_, origin) => {
    const answer = await open.call('/healthz', { headers: { origin } });
    expect([corsOf(answer), answer.headers.get('vary')]).toEqual([{}, 'Origin']);
    expect((await preflight(open, '/v1/auth/device', { origin, ...asked })).status).toBe(405);
  });

  test('caches tell answers to different origins and callers apart', async () => {
    const { token } = await open.signIn();
    const { headers } = await open.call('/v1/profile', { token, headers: { origin: game } });
    expect(headers.get('vary')).toBe('Origin, Authorization');
  });

  test('a question about an address that is not there is a 404 like any other', async () => {
    const { status, body } = await preflight(open, '/v1/nowhere', { origin: game, ...asked });
    expect([status, body.error.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test('questions are counted like requests without a token', async () => {
    const settings = { 'http.corsOrigins': game, 'rateLimit.anonymousPerMinute': '2' };
    const limited = await cluster.node({ settings, now: () => 1_900_000_000_000 });
    const ask = () => preflight(limited, '/v1/profile', { origin: game, ...asked });
    expect((await ask()).headers.get('ratelimit-remaining')).toBe('1');
    expect((await ask()).status).toBe(204);
    const refused = await ask();
    expect([refused.status, refused.body.error.code, corsOf(refused)['access-control-allow-origin']]).toEqual([
      429,
      'RATE_LIMITED',
      game,
    ]);
  });
});

describe('the headers that keep browsers from harm', () => {
  const strict = "default-src 'none'; frame-ancestors 'none'";

  test.each([
    ['an answer', '/healthz', 200],
    ['the document', '/openapi.json', 200],
    ['an error of a route', '/v1/profile', 401],
    ['an address that is not there', '/v1/nowhere', 404],
    ['an address that cannot be read', '/v1/%zz', 404],
    ['a method that is not taken', '/v1/auth/device', 405],
  ])('stand in %s', async (_, path, status) => {
    const { headers, ...answer } = await closed.call(path);
    expect(answer.status).toBe(status);
    expect(headers.get('content-security-policy')).toBe(strict);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('let the pages run their own scripts and nobody else frame them', async () => {
    const { headers } = await closed.call('/docs/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe-eval');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('answers with tokens are kept by no cache', async () => {
    const { headers } = await closed.call('/v1/auth/device', { body: { device_id: newDevice() }, key: newKey() });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

test('what anybody may send without a token is small', async () => {
  const body = { device_id: newDevice(), uid: 'x'.repeat(17_000) };
  const { status, body: answer } = await closed.call('/v1/auth/device', { body, key: newKey() });
  expect([status, answer.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
});
