import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Settings } from './config/settings.ts';

export type ApplicationOptions = {
  settings: Settings;
  /** For the application's role. */
  databaseUrl: string;
  /** For the role that owns the tables; for tables made at run time. */
  ownerUrl: string;
  /** Role to give privileges on such tables; absent when it is the owner itself. */
  appRole: string | undefined;
  /** Whether keys may be made when there are none: only with a database of our own. */
  mayGenerateKeys: boolean;
  /** Sentences about the installation that /readyz repeats. */
  warnings: readonly string[];
  log: Logger;
};

export type Application = {
  /** Where it answers, with the port that it really has. */
  url: string;
  /** Answers what is in flight, then ends everything of the application; the database is ended by the caller. */
  stop: () => Promise<void>;
};

/** Starts the façade and what runs beside it in this process, on a migrated database. */
export async function startApplication({ settings, log }: ApplicationOptions): Promise<Application> {
  const { host, port } = settings.http;
  const server = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'ROUTE_NOT_FOUND', message: 'There is nothing at this address' } }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  log.info({ host, port: bound }, 'listening');
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
