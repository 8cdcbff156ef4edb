import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: unknown };
export type FakeAnswer = {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/** A service outside that takes JSON, on a port of its own.
 *  @property answer what it answers from now on; 200 at first
 *  @property received what was asked so far, oldest first */
export async function fakeService() {
  const received: Received[] = [];
  const service = {
    url: '',
    received,
    answer: (_asked: Received): FakeAnswer | Promise<FakeAnswer> => ({ status: 200, body: { ok: true } }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const asked = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text) };
    received.push(asked);
    const { status, headers = {}, body } = await service.answer(asked);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body ?? null));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}
export type FakeService = Awaited<ReturnType<typeof fakeService>>;
