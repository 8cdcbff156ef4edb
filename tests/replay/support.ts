import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { ReplayContext } from '../../src/replay/replay.ts';
import { urlInSchema } from '../../src/replay/scratch.ts';
import { logUnderTest } from '../processors/log-under-test.ts';

/** A log with what replays work with, and a directory for their files. */
export async function replayUnderTest() {
  const here = await logUnderTest();
  const directory = mkdtempSync(join(tmpdir(), 'sandai-replay-'));
  const openInSchema = (schema: string) => openDatabase({ url: urlInSchema(here.ownerUrl, schema), maxConnections: 3 });
  const context: ReplayContext = { log: here.log, database: here.database, owner: here.owner, openInSchema };
  return {
    ...here,
    context,
    directory,
    /** Schemas that replays left behind. */
    schemas: async () =>
      (
        await here.query(
          `select schema_name from information_schema.schemata where schema_name like 'sandai_replay_%' order by 1`,
        )
      ).map((row) => String(row['schema_name'])),
    async close() {
      rmSync(directory, { recursive: true, force: true });
      await here.close();
    },
  };
}
export type ReplayUnderTest = Awaited<ReturnType<typeof replayUnderTest>>;
