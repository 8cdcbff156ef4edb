import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorsOutsideRoutes } from '../../src/http/contract-errors.ts';
import { errorCodes, isErrorCode, statusOf } from '../../src/http/error-codes.ts';
import { errorsDocument } from '../../src/http/errors-document.ts';
import { newDevice, newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
});
afterAll(() => cluster.stop());

const root = new URL('../../', import.meta.url);
const codes = Object.keys(errorCodes).sort();

type ErrorSchema = { properties?: { error?: { properties: { code: { enum: string[] } } } } };
type Operation = { responses: Record<string, { content?: Record<string, { schema: ErrorSchema }> }> };
const operations = async (): Promise<Operation[]> => {
  const { body } = await node.call('/openapi.json');
  return Object.values(body.paths as Record<string, Record<string, Operation>>).flatMap((path) => Object.values(path));
};
const codesOf = (operation: Operation): (readonly [string, string])[] =>
  Object.entries(operation.responses).flatMap(([status, { content }]) =>
    (content?.['application/json']?.schema?.properties?.error?.properties?.code?.enum ?? []).map(
      (code) => [code, status] as const,
    ),
  );

describe('every code', () => {
  test('of the list is in docs/errors.md, and the reverse (npx sandai errors > docs/errors.md)', () => {
    const text = readFileSync(new URL('docs/errors.md', root), 'utf8');
    expect([...text.matchAll(/^### (\S+)$/gm)].map(([, code]) => code).sort()).toEqual(codes);
    expect(text).toBe(errorsDocument());
  });

  test('of the list is in the OpenAPI document, and the reverse', async () => {
    const { body } = await node.call('/openapi.json');
    expect([...body.components.schemas.Error.properties.error.properties.code.enum].sort()).toEqual(codes);
    const told = new Set((await operations()).flatMap((operation) => codesOf(operation).map(([code]) => code)));
    expect([...told, ...errorsOutsideRoutes].sort()).toEqual(codes);
  });

  test('stands in the document with its own status', async () => {
    for (const operation of await operations())
      for (const [code, status] of codesOf(operation))
        expect([code, status]).toEqual([code, `${statusOf(code as never)}`]);
  });

  test('that an aggregate refuses with has one for clients', () => {
    const folder = new URL('src/aggregates/', root);
    const source = readdirSync(folder)
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const rejected = new Set([...source.matchAll(/reject\(\s*'([A-Z_]+)'/g)].map(([, code]) => code ?? ''));
    const renamed = new Set(['SUBMISSION_NOT_ALLOWED', 'SESSION_NOT_FOUND', 'LINK_CODE_TAKEN']);
    // told by a bot, and of ids that nobody chooses
    for (const inside of ['LINK_CODE_UNKNOWN', 'LINK_CODE_EXPIRED', 'NOTIFICATION_EXISTS']) renamed.add(inside);
    renamed.add('GROUP_EXISTS').add('PARTY_EXISTS').add('TICKET_NOT_OPEN').add('SEASON_NOT_CLOSED');
    expect([...rejected].filter((code) => !isErrorCode(code) && !renamed.has(code))).toEqual([]);
    expect(rejected.size).toBeGreaterThan(8);
  });
});

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];

describe('the framework answers in the envelope', () => {
  test.each([
    ['/', 'GET'],
    ['/v2/profile', 'GET'],
    ['/v1/profile/', 'GET'],
    ['/v1/%zz', 'GET'],
  ])('%s %s has nothing there', async (path, method) => {
    const reply = await node.call(path, { method });
    expect(codeOf(reply)).toEqual([404, 'ROUTE_NOT_FOUND']);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    ['/v1/profile', 'DELETE', 'GET, HEAD, PATCH'],
    ['/v1/auth/device', 'GET', 'POST'],
    ['/v1/leaderboards/x/score', 'PUT', 'POST'],
    ['/v1/leaderboards/x/around/y', 'POST', 'GET, HEAD'],
    ['/v1/seasons', 'OPTIONS', 'GET, HEAD, POST'],
  ])('%s does not take %s', async (path, method, allow) => {
    const reply = await node.call(path, { method });
    expect([...codeOf(reply), reply.headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', allow]);
  });

  test('a path without a route is a 404 whatever its body', async () => {
    const reply = await node.call('/v1/nothing', { body: '<x/>', headers: { 'content-type': 'text/xml' } });
    expect(codeOf(reply)).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test('a path parameter that is too long is told', async () => {
    const { token } = await node.signIn();
    expect(codeOf(await node.call(`/v1/leaderboards/${'x'.repeat(300)}`, { token }))).toEqual([414, 'URI_TOO_LONG']);
  });

  test.each(['{"device_id":', 'nonsense', "{'a':1}", '{"a":1}{"b":2}', '\u0000'])('%j is not JSON', async (body) => {
    const reply = await node.call('/v1/auth/device', { body, key: 'k-1' });
    expect([...codeOf(reply), reply.body.error.idempotency_key]).toEqual([400, 'MALFORMED_JSON', 'k-1']);
  });

  test('no body is a missing body', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }])
      expect(codeOf(await node.call('/v1/auth/device', { method: 'POST', key: newKey(), headers }))).toEqual([
        400,
        'VALIDATION_FAILED',
      ]);
  });

  test('a body over 1 MiB is too large, announced or not', async () => {
    const body = { device_id: 'x'.repeat(1_100_000) };
    expect(codeOf(await node.call('/v1/auth/device', { body, key: newKey() }))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const chunk = 'x'.repeat(65_536);
    const chunks = `10000\r\n${chunk}\r\n`.repeat(20);
    const head =
      'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await raw(`${head}${chunks}0\r\n\r\n`)).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  test('only JSON is taken', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ]) {
      const reply = await node.call('/v1/auth/device', { body: 'x', key: newKey(), headers: { 'content-type': type } });
      expect([type, ...codeOf(reply)]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(
      (await node.call('/v1/auth/device', { body: { device_id: newDevice() }, key: newKey(), headers })).status,
    ).toBe(200);
  });

  test('what is wrong is told field by field', async () => {
    const { token } = await node.signIn();
    const { body } = await node.call('/v1/leaderboards/s/score', {
      token,
      key: 'k-2',
      body: { score: 'x', subscore: 1.5 },
    });
    expect(body.error.idempotency_key).toBe('k-2');
    expect(body.error.details.map(({ field }: { field: string }) => field)).toEqual(['body.score', 'body.subscore']);
  });

  test('a request id of the client is kept, any other replaced', async () => {
    expect(
      (await node.call('/healthz', { headers: { 'x-request-id': 'abc-1.2_3' } })).headers.get('x-request-id'),
    ).toBe('abc-1.2_3');
    for (const id of ['a b', 'x'.repeat(129), '<script>'])
      expect((await node.call('/healthz', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toMatch(
        /^[0-9a-f-]{36}$/,
      );
  });
});

/** Sends bytes and reads until the connection ends. */
function raw(bytes: string): Promise<{ status: number; code: string; text: string }> {
  const { hostname, port } = new URL(node.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    const finish = () => {
      const json = text.slice(text.indexOf('\r\n\r\n') + 4);
      const code = json.startsWith('{') ? JSON.parse(json).error.code : '';
      resolve({ status: Number(text.slice(9, 12)), code, text });
    };
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      text += data;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (text.length >= text.indexOf('\r\n\r\n') + 4 + length) socket.destroy();
    });
    socket.on('close', finish);
    socket.on(
      'error',
      (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && error.code !== 'EPIPE' && reject(error),
    );
  });
}

describe('what is no HTTP', () => {
  test.each([
    ['no request line', 'nonsense\r\n\r\n'],
    ['a wrong version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a header without a colon', 'GET /healthz HTTP/1.1\r\nHost x\r\n\r\n'],
    ['two lengths', 'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
    [
      'a length and chunks',
      'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a chunk of no size',
      'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
    ],
    ['a wrong length', 'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'],
    ['an unknown method', 'FETCH /healthz HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s gets the envelope', async (_, bytes) => {
    expect(await raw(bytes)).toMatchObject({ status: 400, code: 'MALFORMED_HTTP' });
  });

  test('headers that are too large get the envelope', async () => {
    const reply = await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(reply).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  });

  test('the server goes on after all of it', async () => {
    expect((await node.call('/healthz')).status).toBe(200);
  });
});

test('an unexpected error tells the client nothing, and the log what it was', async () => {
  const broken = await testCluster();
  try {
    const victim = await broken.node();
    const { token } = await victim.signIn();
    await broken.db.query('alter table profiles__g1 rename column display_name to renamed_away');
    const reply = await victim.call('/v1/profile', { token });
    expect(codeOf(reply)).toEqual([500, 'INTERNAL_ERROR']);
    expect(reply.text).not.toMatch(/renamed_away|display_name|column|select|node_modules/i);
    expect(JSON.stringify(broken.lines)).toContain('a request failed unexpectedly');
  } finally {
    await broken.stop();
  }
});
