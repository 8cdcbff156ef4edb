import { connect, type Socket } from 'node:net';

/** A connection that sends what a test likes, and keeps what comes back.
 *  @property closed resolves with everything received, when the connection is over whoever ended it */
export type RawClient = { readonly socket: Socket; readonly closed: Promise<string>; send(bytes: string): void };

/** Connects to a node. @param options.deaf never reads; @param options.stubborn never ends its own side */
export function rawClient(url: string, options: { deaf?: boolean; stubborn?: boolean } = {}): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: options.stubborn === true });
  let received = '';
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received)));
  socket.on('error', () => undefined); // a reset is an end like any other
  if (options.deaf) socket.pause();
  else
    socket.setEncoding('utf8').on('data', (data) => {
      received += data;
    });
  const send = (bytes: string) => void (socket.writable && socket.write(bytes));
  return new Promise((resolve) => {
    const done = () => resolve({ socket, closed, send });
    socket.once('connect', done).once('close', done);
  });
}

/** Sends a text a byte at a time until it is sent or the connection is over. */
export function trickle({ socket, send }: RawClient, text: string, everyMs = 20): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length) send(text[at++]!);
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** Status and code of an answer as it came over the wire. */
export function answerIn(text: string): { status: number; code: string | undefined } {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  return { status: Number(text.slice(9, 12)), code: body.startsWith('{') ? JSON.parse(body).error?.code : undefined };
}
