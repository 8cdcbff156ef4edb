import type { Server } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Bounds the connections of a server, and counts them for operators. */
export function limitConnections(server: Server, max: number, metrics: Pick<Metrics, 'gauge'>): void {
  server.maxConnections = max;
  let refused = 0;
  server.on('drop', () => {
    refused += 1;
  });
  metrics.gauge(
    'sandai_http_connections',
    'Open connections',
    null,
    () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(new Map([['', count]])))),
      ),
  );
  metrics.gauge(
    'sandai_http_connections_refused',
    'Connections closed at once because there were too many, since the start',
    null,
    () => new Map([['', refused]]),
  );
}
