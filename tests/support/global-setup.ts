import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { prepareTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Makes a database server ready for all integration tests: that of TEST_DATABASE_URL, or an embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external !== undefined) {
    project.provide(
      'testServer',
      await prepareTestServer({ adminUrl: external, ownerUrl: external, appUrl: external }),
    );
    return async () => undefined;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'sandai-tests-'));
  chmodSync(dataDir, 0o755); // so that its files stay there, and not where root's go
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const { superuserUrl, ownerUrl, appUrl } = server;
  project.provide('testServer', await prepareTestServer({ adminUrl: superuserUrl, ownerUrl, appUrl }));
  return async () => {
    await server.destroy();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
