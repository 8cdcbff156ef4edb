import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  home: z.string().nullable().describe('directory of the cluster when it could not be inside the data directory'),
  port: z.number().int().nullable(),
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  applicationPassword: z.string(),
});

/** What a data directory remembers about its database; holds passwords, so the file is 0600. */
export type ClusterState = z.infer<typeof stateSchema>;

const fileOf = (dataDir: string) => join(dataDir, 'embedded-postgres.json');

/** @returns undefined when this data directory never had a database
 *  @throws Error when the file is damaged */
export function readState(dataDir: string): ClusterState | undefined {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(
      `${file} is damaged; it holds the database's passwords. Restore it from a backup, or delete the whole data directory to start anew.`,
    );
  }
}

/** Replaces the file as a whole: after a crash there is the old or the new content, never half of it. */
export function writeState(dataDir: string, state: ClusterState): void {
  const file = fileOf(dataDir);
  const written = `${file}.new`;
  const descriptor = openSync(written, 'w', 0o600);
  writeSync(descriptor, `${JSON.stringify(state, null, 2)}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(written, file);
}

const password = () => randomBytes(24).toString('hex');

export const newState = (): ClusterState => ({
  home: null,
  port: null,
  superuserPassword: password(),
  ownerPassword: password(),
  applicationPassword: password(),
});
