import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type HttpConnection, openConnection } from '../../bench/harness/http-client.ts';
import { closedLoop } from '../../bench/harness/load.ts';

const servers: Server[] = [];
const open: HttpConnection[] = [];

afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
  for (const server of servers.splice(0)) server.close();
});

async function connectionTo(answer: (socket: Socket, request: string) => void): Promise<HttpConnection> {
  const server = createServer((socket) => {
    socket.on('data', (bytes) => answer(socket, bytes.toString()));
    socket.on('error', () => socket.destroy());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const connection = await openConnection(`http://127.0.0.1:${port}`);
  open.push(connection);
  return connection;
}

test('an answer that comes in pieces is put together', async () => {
  const connection = await connectionTo((socket) => {
    const pieces = ['HTTP/1.1 201 Crea', 'ted\r\nContent-Le', 'ngth: 7\r\n\r', '\n{"a', '":1}'];
    const next = () => {
      const piece = pieces.shift();
      if (piece !== undefined) socket.write(piece, () => setImmediate(next));
    };
    next();
  });
  expect(await connection.request('GET', '/', '', '')).toEqual({ status: 201, body: '{"a":1}' });
});

test('a request has its method, path, headers and a body of the length that it says', async () => {
  let seen = '';
  const connection = await connectionTo((socket, request) => {
    seen = request;
    socket.write('HTTP/1.1 204 No Content\r\n\r\n');
  });
  expect(await connection.request('POST', '/v1/x', 'a: b\r\n', '{"é":1}')).toEqual({ status: 204, body: '' });
  expect(seen).toMatch(/^POST \/v1\/x HTTP\/1\.1\r\n/);
  expect(seen).toMatch(/\r\ncontent-length: 8\r\n/);
  expect(seen).toMatch(/\r\na: b\r\n\r\n\{"é":1\}$/);
});

test('a connection that is closed fails the request under way', async () => {
  const connection = await connectionTo((socket) => socket.destroy());
  await expect(connection.request('GET', '/', '', '')).rejects.toThrow();
});

test('a connection that was closed fails the next request', async () => {
  const connection = await connectionTo((socket) => socket.destroy());
  for (const _ of ['first', 'second']) await expect(connection.request('GET', '/', '', '')).rejects.toThrow('closed');
});

test('a load that meets an error has no number', async () => {
  const operation = async (number: number) => {
    if (number === 5) throw new Error('refused');
  };
  await expect(closedLoop({ inFlight: 2, warmUpMs: 0, durationMs: 60_000, operation })).rejects.toThrow('refused');
});
