import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { answerClientError } from '../../src/http/raw-errors.ts';
import { securityHeaders } from '../../src/http/security-headers.ts';

test('a request that stops arriving is answered in the envelope', async () => {
  const server = createServer({ headersTimeout: 1, connectionsCheckingInterval: 1 });
  server.on('clientError', (error, socket) => answerClientError(error, socket as never));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const text = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect({ port }, () => socket.write('GET / HTTP/1.1\r\nHost:'));
    socket.setEncoding('utf8').on('data', (data) => {
      received += data;
    });
    socket.on('close', () => resolve(received));
  });
  server.close();
  expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  for (const [name, value] of Object.entries(securityHeaders)) expect(text).toContain(`${name}: ${value}\r\n`);
  expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).error.code).toBe('REQUEST_TIMEOUT');
});
