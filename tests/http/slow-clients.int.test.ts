import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerIn, rawClient, trickle } from './raw-client.ts';
import { type TestCluster, type TestNode, testCluster, until } from './support.ts';

const settings = { 'http.headersTimeoutMs': '300', 'http.requestTimeoutMs': '2000', 'http.maxConnections': '150' };

let cluster: TestCluster;
let node: TestNode;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node({ settings });
});
afterAll(() => cluster.stop());

/** A number of the node's; asked again where a slow machine let the low limits of these tests end the very question. */
const gauge = async (name: string, tries = 5): Promise<number> => {
  const { status, text } = await node.call('/metrics').catch((error: unknown) => {
    if (tries === 1) throw error;
    return { status: 0, text: '' };
  });
  if (status !== 200 && tries > 1) return gauge(name, tries - 1);
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
};
const timedOut = { status: 408, code: 'REQUEST_TIMEOUT' };

test('who sends nothing is told, and hung up on', async () => {
  const client = await rawClient(node.url);
  expect(answerIn(await client.closed)).toEqual(timedOut);
});

test('headers that do not end in time are told so', async () => {
  const client = await rawClient(node.url);
  trickle(client, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ${'x'.repeat(2_000)}\r\n\r\n`);
  expect(answerIn(await client.closed)).toEqual(timedOut);
});

test('a body that does not end in time is told so, and leads to nothing', async () => {
  const [before] = await cluster.db.query('select sum(position)::int as n from log_partitions');
  const client = await rawClient(node.url);
  const body = `{"device_id":"${'x'.repeat(100)}"}`;
  client.send(
    `POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: slow\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  trickle(client, body);
  expect(answerIn(await client.closed)).toEqual(timedOut);
  expect(await cluster.db.query('select sum(position)::int as n from log_partitions')).toEqual([before]);
});

test('chunks that never end are told so', async () => {
  const client = await rawClient(node.url);
  client.send(
    'POST /v1/auth/device HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  trickle(client, '1\r\nx\r\n'.repeat(500));
  expect(answerIn(await client.closed)).toEqual(timedOut);
});

test('who takes no answer is hung up on', async () => {
  const idle = await gauge('sandai_http_connections');
  const client = await rawClient(node.url, { deaf: true });
  client.send('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(400));
  await until(
    () => gauge('sandai_http_connections'),
    (open) => open <= idle,
  );
  client.socket.destroy();
});

test('many slow connections that never hang up keep nobody out, and are all ended', async () => {
  const idle = await gauge('sandai_http_connections');
  const slow = await Promise.all(Array.from({ length: 100 }, () => rawClient(node.url, { stubborn: true })));
  for (const client of slow) trickle(client, `GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ${'x'.repeat(5_000)}`, 50);
  expect((await node.call('/healthz')).status).toBe(200);
  await until(
    () => gauge('sandai_http_connections'),
    (open) => open <= idle,
  );
  for (const { socket } of slow) socket.destroy();
});

test('connections beyond the limit are closed at once, and counted', async () => {
  const before = await gauge('sandai_http_connections_refused');
  const clients = await Promise.all(Array.from({ length: 200 }, () => rawClient(node.url)));
  const answers = await Promise.all(clients.map(({ closed }) => closed));
  const refused = answers.filter((text) => text === '').length;
  expect(refused).toBeGreaterThanOrEqual(50);
  for (const text of answers) if (text !== '') expect(answerIn(text)).toEqual(timedOut);
  expect(await gauge('sandai_http_connections_refused')).toBe(before + refused);
  expect((await node.call('/healthz')).status).toBe(200);
});
