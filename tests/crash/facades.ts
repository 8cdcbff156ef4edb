import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, runProgram, sandai } from '../runtime/processes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** A façade in a process of its own. */
export type Facade = { readonly program: Program; readonly url: string };

/** Façades that share a database and keys, and that may be killed.
 *  @property env what other programs on the same database need */
export type Facades = {
  readonly database: TestDatabase;
  readonly env: NodeJS.ProcessEnv;
  start(): Promise<Facade>;
  /** Kills those that run, and drops the database. */
  end(): Promise<void>;
};

/** @throws Error when there are no keys */
export async function openFacades(): Promise<Facades> {
  const database = await testDatabase();
  const env: NodeJS.ProcessEnv = {
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    SANDAI_DATA_DIR: mkdtempSync(join(tmpdir(), 'sandai-crash-')),
    SANDAI_RATE_LIMIT_ANONYMOUS_PER_MINUTE: '1000000',
    SANDAI_RATE_LIMIT_SIGNED_IN_PER_MINUTE: '1000000',
    SANDAI_RATE_LIMIT_DEVICE_PER_HOUR: '1000000',
    SANDAI_RATE_LIMIT_NEW_PLAYERS_PER_HOUR: '1000000',
    SANDAI_PROCESSORS_LEASE_MS: '1000',
  };
  const keys = runProgram(sandai, ['keys', 'generate'], env);
  if ((await keys.exit) !== 0) throw new Error(`keys could not be made: ${keys.errors()}`);
  const running: Program[] = [];
  return {
    database,
    env,
    async start() {
      const program = runProgram(sandai, ['start', '--port=0'], env);
      running.push(program);
      const [, url = ''] = await program.said(/^Sandai runs at (http:\S+)/m);
      return { program, url };
    },
    async end() {
      for (const { child, exit } of running) {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        await exit;
      }
      await database.drop();
    },
  };
}
