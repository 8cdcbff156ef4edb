import { connect, type Socket } from 'node:net';

/** An answer: status and body; headers are not looked at but for the body's length. */
export type HttpAnswer = { readonly status: number; readonly body: string };

/** One keep-alive connection with one request under way at a time. */
export type HttpConnection = {
  request(method: string, path: string, headers: string, body: string): Promise<HttpAnswer>;
  close(): void;
};

/** Opens a connection. As little as HTTP/1.1 needs, so that a load generator costs less than the server that it measures.
 *  @param url `http://host:port` */
export async function openConnection(url: string): Promise<HttpConnection> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return exchangesOn(socket, host);
}

function exchangesOn(socket: Socket, host: string): HttpConnection {
  let waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;
  let received = Buffer.alloc(0);
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = parseAnswer(received);
    if (answer === null) return;
    received = Buffer.alloc(0);
    const { resolve } = waiting!;
    waiting = undefined;
    resolve(answer);
  });
  return {
    request: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the server closed the connection'));
        waiting = { resolve, reject };
        const length = Buffer.byteLength(body);
        const type = length === 0 ? '' : `content-type: application/json\r\ncontent-length: ${length}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${type}${headers}\r\n${body}`);
      }),
    close: () => socket.destroy(),
  };
}

const contentLength = /\r\ncontent-length: *(\d+)/i;

/** The one answer in the bytes, null while it is incomplete. */
function parseAnswer(bytes: Buffer): HttpAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = contentLength.exec(head)?.[1];
  if (length === undefined && status !== 204) throw new Error(`an answer without content-length: ${head}`);
  const whole = end + 4 + Number(length ?? 0);
  if (bytes.length < whole) return null;
  if (bytes.length > whole) throw new Error('more bytes than one answer');
  return { status, body: bytes.toString('utf8', end + 4, whole) };
}
