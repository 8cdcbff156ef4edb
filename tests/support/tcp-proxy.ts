import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the proxy does with a connection from now on.
 *  - `pass`: nothing;
 *  - `cut before`: the next bytes of the client end the connection and never reach the server;
 *  - `cut after`: they reach the server, which answers; the answer is swallowed and then the connection is reset;
 *  - `cut within`: the server's next answer is reset after its first bytes;
 *  - `fail <SQLSTATE>`: the client's bytes are answered with this error, and the server never sees them (this time only);
 *  - `hang`: bytes of both sides are swallowed from now on, and nobody is told. */
export type Mode = 'pass' | 'cut before' | 'cut after' | 'cut within' | `fail ${string}` | 'hang';

/** @property choose the mode of the next exchange, asked whenever the client sends bytes; `pass` when left out
 *  @property accept  asked for each new connection: `refuse` resets it, `hang` never answers it */
export type Plan = {
  readonly choose?: (bytes: Buffer) => Mode;
  readonly accept?: () => 'pass' | 'refuse' | 'hang';
};

/** A proxy between a store and its database.
 *  @property url  the database's URL with the proxy's address
 *  @property cuts how many connections it has cut */
export type TcpProxy = {
  readonly url: string;
  readonly cuts: () => number;
  follow(plan: Plan): void;
  /** Resets every connection, whatever it is doing. */
  cutAll(): void;
  close(): Promise<void>;
};

/** ErrorResponse and ReadyForQuery.
 *  @see https://www.postgresql.org/docs/current/protocol-message-formats.html */
function failure(code: string): Buffer {
  const fields = ['SERROR', 'VERROR', `C${code}`, 'Mplanted by a test', ''].map((field) => `${field}\0`).join('');
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, Buffer.from(fields), Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);
}

/** Starts one on a free port; it passes everything on until told otherwise. */
export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const address = { host: target.hostname || '127.0.0.1', port: Number(target.port || '5432') };
  const sockets = new Set<Socket>();
  let plan: Plan = {};
  let cuts = 0;

  const server: Server = createServer((client) => {
    const fate = plan.accept?.() ?? 'pass';
    track(client);
    if (fate === 'hang') return void client.resume();
    if (fate === 'refuse') return cut(client);
    const upstream = connect(address);
    track(upstream);
    let mode: Mode = 'pass';
    client.on('data', (bytes) => {
      if (mode === 'pass') mode = plan.choose?.(bytes) ?? 'pass';
      if (mode.startsWith('fail')) {
        client.write(failure(mode.slice('fail '.length)));
        mode = 'pass';
        return;
      }
      if (mode === 'hang') return;
      if (mode === 'cut before') return cut(client, upstream);
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (mode === 'hang') return;
      if (mode === 'cut after') return cut(client, upstream);
      if (mode === 'cut within') {
        client.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)), () => cut(client, upstream));
        return;
      }
      client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => mode !== 'hang' && client.destroy());
  });

  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const cut = (client: Socket, upstream?: Socket): void => {
    if (client.destroyed) return;
    cuts += 1;
    client.resetAndDestroy();
    upstream?.resetAndDestroy();
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    cuts: () => cuts,
    follow: (next) => {
      plan = next;
    },
    cutAll: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
