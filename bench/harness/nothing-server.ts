import { fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"rank":1}';

/** Starts a server in a process of its own that answers each packet with the same bytes: against it a load generator shows its own limit. */
export function startNothing(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: process.execArgv });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (port) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        stop: () =>
          new Promise((ended) => {
            child.once('exit', () => ended());
            child.disconnect();
          }),
      }),
    );
  });
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = createServer((socket) => {
    socket.on('data', () => socket.write(answer));
    socket.on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
  process.on('disconnect', () => process.exit());
}
