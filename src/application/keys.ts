import { statSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import { type KeyRing, openKeyRing } from '../security/key-ring.ts';
import { keysFilePath } from '../security/keys-file.ts';
import { loadKeys } from '../security/load-keys.ts';
import { ensureTenant, hasTenants } from '../security/tenants.ts';

/** @property mayGenerateKeys whether missing keys may be made; never where a database already has what old ones protect */
export type ApplicationKeysOptions = {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly mayGenerateKeys: boolean;
  readonly now: () => number;
  readonly log: Logger;
};

const pollMs = 1_000;

/** State of a file that changes with each replacement of it. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}

/** Loads the keys, makes the default tenant, and takes up changes of the keys file within a second or two. */
export async function openApplicationKeys(
  options: ApplicationKeysOptions,
): Promise<{ ring: KeyRing; warnings: readonly string[]; stop: () => void }> {
  const { settings, sql, log } = options;
  const file = keysFilePath(settings);
  const now = () => new Date(options.now());
  const mayGenerate = options.mayGenerateKeys && !(await hasTenants(sql));
  const { warnings } = loadKeys({ file, env: process.env, mayGenerate, now });
  let version = versionOf(file);
  const ring = openKeyRing(() => loadKeys({ file, env: process.env, mayGenerate: false, now }).keys);
  await ensureTenant(sql, 'default' as TenantId, ring.keys().defaultClientKey);

  const poll = setInterval(() => {
    const found = versionOf(file);
    if (found === version) return;
    version = found;
    try {
      ring.reload();
      log.info('the keys file changed and was read again');
    } catch (error) {
      log.error({ problem: (error as Error).message }, 'the keys file changed and cannot be used; the old keys stay');
    }
  }, pollMs);
  poll.unref();
  return { ring, warnings, stop: () => clearInterval(poll) };
}
