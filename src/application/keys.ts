import { statSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import { type KeyName, keyGuide, type StoredKeys } from '../security/key-material.ts';
import { type KeyRing, openKeyRing } from '../security/key-ring.ts';
import { keysFilePath } from '../security/keys-file.ts';
import { loadKeys } from '../security/load-keys.ts';
import { ensureTenant, hasTenants } from '../security/tenants.ts';
import { createVault, type ReadVault } from '../security/vault.ts';

/** @property mayGenerateKeys whether missing keys may be made; never where a database already has what old ones protect */
export type ApplicationKeysOptions = {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly mayGenerateKeys: boolean;
  readonly now: () => number;
  readonly log: Logger;
};

/** @property warnings sentences for the operator, as things are now
 *  @property failures how often keys could not be read again, since the start
 *  @property reload   reads files and Vault again, changed or not; what it came to is told in the log */
export type ApplicationKeys = {
  readonly ring: KeyRing;
  readonly warnings: () => readonly string[];
  readonly failures: () => number;
  readonly reload: () => Promise<void>;
  readonly stop: () => void;
};

const filePollMs = 1_000;

/** State of a file that changes with each replacement of it. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}

/** Files that keys come from: the keys file, and those that environment variables name. */
const keyFiles = (settings: Settings, env: NodeJS.ProcessEnv): readonly string[] => [
  keysFilePath(settings),
  ...Object.values(keyGuide).flatMap(({ env: variable }) => env[`${variable}_FILE`] ?? []),
];

/** Reads the keys that Vault holds; nothing where no Vault is configured. */
export function vaultOf({ vault }: Pick<Settings, 'vault'>): ReadVault {
  const { address, ...options } = vault;
  return address === undefined ? async () => ({}) : createVault({ ...options, address });
}

/** Loads the keys, makes the default tenant, and takes up changes: of files within a second or two, of Vault when it is asked again. What cannot be
 *  used is told, and the old keys stay.
 *  @throws KeysError when the keys cannot be loaded now */
export async function openApplicationKeys(options: ApplicationKeysOptions): Promise<ApplicationKeys> {
  const { settings, sql, log } = options;
  const { env } = process;
  const now = () => new Date(options.now());
  const file = keysFilePath(settings);
  const readVault = vaultOf(settings);
  let vault: Partial<StoredKeys> = await readVault();
  const mayGenerate = options.mayGenerateKeys && !(await hasTenants(sql));
  const { warnings, digests } = loadKeys({ file, env, vault, mayGenerate, now });
  let used = digests;
  let read = digests;
  const versions = () => keyFiles(settings, env).map(versionOf).join('\n');
  let version = versions();
  const ring = openKeyRing(() => {
    const loaded = loadKeys({ file, env, vault, mayGenerate: false, now });
    read = loaded.digests;
    return loaded.keys;
  });
  await ensureTenant(sql, 'default' as TenantId, ring.keys().defaultClientKey);

  const troubles = new Map<'files' | 'Vault', string>();
  let failures = 0;
  const failed = (source: 'files' | 'Vault', error: unknown) => {
    failures += 1;
    troubles.set(
      source,
      `The keys of ${source === 'files' ? 'the keys files' : source} changed or cannot be read, and the old ones stay: see the log.`,
    );
    log.error({ source, problem: (error as Error).message }, 'keys cannot be read again; the old keys stay');
  };
  const reload = (source: 'files' | 'Vault') => {
    ring.reload();
    const changed = changedKeys(used, read);
    used = read;
    troubles.delete(source);
    log.info({ source, changed }, changed.length === 0 ? 'keys were read again: none changed' : 'keys changed');
  };

  const readFiles = () => {
    version = versions();
    try {
      reload('files');
    } catch (error) {
      failed('files', error);
    }
  };
  const lookAtFiles = () => {
    if (versions() !== version) readFiles();
  };
  let asking = false;
  const askVault = async () => {
    if (asking) return;
    asking = true;
    const before = vault;
    try {
      const found = await readVault();
      if (JSON.stringify(found) !== JSON.stringify(before)) {
        vault = found;
        reload('Vault');
      } else troubles.delete('Vault');
    } catch (error) {
      vault = before;
      failed('Vault', error);
    } finally {
      asking = false;
    }
  };
  const timers = [setInterval(lookAtFiles, filePollMs)];
  if (settings.vault.address !== undefined)
    timers.push(setInterval(() => void askVault(), settings.vault.refreshSeconds * 1000));
  for (const timer of timers) timer.unref();
  return {
    ring,
    warnings: () => [...warnings, ...troubles.values()],
    failures: () => failures,
    reload: async () => {
      readFiles();
      if (settings.vault.address !== undefined) await askVault();
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

const changedKeys = (before: ReadonlyMap<KeyName, string>, after: ReadonlyMap<KeyName, string>): readonly KeyName[] =>
  [...after.keys()].filter((name) => after.get(name) !== before.get(name));
