import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { prepareDatabase } from '../application/database.ts';
import { type Application, startApplication } from '../application.ts';
import type { Settings } from '../config/settings.ts';
import { type CliCommand, UserError } from './command.ts';
import { openLog } from './logger.ts';
import { type OpenDatabase, startDatabase } from './open-database.ts';
import { listenForReload } from './reload.ts';
import { listenForShutdown, type Shutdown } from './shutdown.ts';

/** What a newcomer sees; never a token. */
function welcome(url: string, database: OpenDatabase, { dataDir }: Settings): string[] {
  const json = `-H 'content-type: application/json'`;
  return [
    `Sandai runs at ${url} (Ctrl-C ends it)`,
    `docs       ${url}/docs`,
    `database   ${database.description}`,
    `data       ${dataDir}`,
    `sign in    curl ${url}/v1/auth/device ${json} -H 'idempotency-key: hello-1' -d '{"device_id":"my-first-device"}'`,
    `seasons    curl ${url}/v1/seasons -H "authorization: Bearer $TOKEN"`,
    `ready?     curl ${url}/readyz`,
    'operator   npx sandai token --role admin',
  ];
}

function listenProblem(error: unknown, { http: { host, port } }: Settings): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'EADDRINUSE')
    return new UserError(
      `Port ${port} on ${host} is taken: end the program that has it, or choose another with --port.`,
    );
  if (code === 'EACCES')
    return new UserError(`Port ${port} needs more rights than you have: choose one above 1023 with --port.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserError(
      `This machine has no address ${host}: choose another with --http.host (127.0.0.1, or 0.0.0.0 for all).`,
    );
  }
  return error;
}

async function startOn(
  settings: Settings,
  database: OpenDatabase,
  log: Logger,
  note: (line: string) => void,
): Promise<Application> {
  const { ownerUrl, databaseUrl, appRole, embedded } = database;
  const { warnings } = await prepareDatabase({ ownerUrl, appRole, log: (line) => log.info(line) });
  for (const warning of warnings) note(warning);
  try {
    return await startApplication({
      settings,
      databaseUrl,
      ownerUrl,
      appRole,
      mayGenerateKeys: embedded,
      warnings,
      log,
    });
  } catch (error) {
    throw listenProblem(error, settings);
  }
}

/** Takes up what can be without a restart. Settings that are not valid are told of, and the old ones stay. */
async function reload(application: Application, load: () => Settings, log: Logger): Promise<void> {
  let settings: Settings | null = null;
  try {
    settings = load();
  } catch (error) {
    log.error({ problem: (error as Error).message }, 'settings cannot be read again; the old ones stay');
  }
  await application.reload(settings);
}

async function run(
  settings: Settings,
  out: (line: string) => void,
  log: Logger,
  note: (line: string) => void,
  shutdown: Shutdown,
  onStarted: (application: Application) => void,
) {
  const database = await startDatabase(settings, note, (error) => {
    note(error.message);
    shutdown.request(1);
  });
  try {
    const application = await startOn(settings, database, log, note);
    onStarted(application);
    if (!shutdown.isRequested()) for (const line of welcome(application.url, database, settings)) out(line);
    const exitCode = await shutdown.requested;
    const late = sleep(settings.http.shutdownMs + 2_000, undefined, { ref: false }).then(() =>
      note('Some requests did not end in time and are cut off.'),
    );
    await Promise.race([application.stop(), late]);
    return exitCode;
  } finally {
    await database.stop();
  }
}

/** `sandai start`: database, façade and processors in one process, until Ctrl-C. */
export const start: CliCommand = (program, { settings: load, out, note: tell }) => {
  program
    .command('start')
    .description('run everything in one process, with an embedded database unless DATABASE_URL is set')
    .addHelpText('after', '\nOften used: --port 9000, --data-dir ./data, --config settings.json')
    .action(async () => {
      const settings = load();
      const { log, flush } = openLog(
        settings.log.level,
        settings.log.file ?? join(settings.dataDir, 'logs', 'sandai.log'),
      );
      const note = (line: string) => {
        log.warn(line);
        tell(line);
      };
      let application: Application | undefined;
      const stopListening = listenForReload(
        async () => application && reload(application, load, log),
        (error) => log.error({ err: error }, 'the reload failed; the process goes on as it was'),
      );
      const shutdown = listenForShutdown((signal) => log.info({ signal }, 'ending'));
      try {
        process.exitCode = await run(settings, out, log, note, shutdown, (started) => {
          application = started;
        });
      } catch (error) {
        // a Ctrl-C during the start also ends the programs that the start waits for
        if (!shutdown.isRequested()) throw error;
        process.exitCode = 130;
      } finally {
        stopListening();
        shutdown.dispose();
        flush();
      }
    });
};
