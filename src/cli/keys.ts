import { Argument, type Command } from 'commander';
import { vaultOf } from '../application/keys.ts';
import type { Settings } from '../config/settings.ts';
import { rewrapDataKeys } from '../security/data-key-table.ts';
import { generateMissingKeys } from '../security/generate-keys.ts';
import { type KeyName, keyGuide, keyNames, type StoredKeys } from '../security/key-material.ts';
import { openKeyRing } from '../security/key-ring.ts';
import { keysFilePath, updateKeysFile } from '../security/keys-file.ts';
import { type LoadedKeys, loadKeys } from '../security/load-keys.ts';
import { rotateJwtKeys, rotateMasterKey, rotateNakamaSessionKey } from '../security/rotate-keys.ts';
import { type CliCommand, type CliContext, UserError } from './command.ts';
import { table } from './table.ts';
import { withDatabase } from './with-database.ts';

/** The keys as a process that starts now would have them. */
export const loadKeysOf = async (settings: Settings): Promise<LoadedKeys> =>
  loadKeys({
    file: keysFilePath(settings),
    env: process.env,
    vault: await vaultOf(settings)(),
    mayGenerate: false,
    now: () => new Date(),
  });

/** `sandai keys list | generate | rotate | rewrap`. */
export const keysCommand: CliCommand = (program, context) => {
  const keys = program.command('keys').description('the keys that protect tokens and personal data');
  addList(keys, context);
  addGenerate(keys, context);
  addRotate(keys, context);
  addRewrap(keys, context);
};

function addList(keys: Command, { settings, out, note }: CliContext): void {
  keys
    .command('list')
    .description('show which keys there are and since when they count; never their secrets')
    .action(async () => {
      const loaded = await loadKeysOf(settings());
      for (const warning of loaded.warnings) note(warning);
      const source = (name: KeyName) => {
        if (loaded.fromEnvironment.has(name)) return keyGuide[name].env;
        return loaded.fromVault.has(name) ? 'Vault' : 'file';
      };
      const rows = keyNames.flatMap((name) =>
        states(loaded, name, Date.now()).map(([id, state]) => [name, id, state, source(name), keyGuide[name].purpose]),
      );
      for (const line of table([['KEY', 'ID', 'STATE', 'FROM', 'PURPOSE'], ...rows])) out(line);
    });
}

const utc = (ms: number): string => new Date(ms).toISOString();

function states({ keys }: LoadedKeys, name: KeyName, nowMs: number): readonly (readonly [string, string])[] {
  if (name !== 'jwtKeys' && name !== 'masterKeys') return [['', 'in use']];
  const ring = openKeyRing(() => keys);
  if (name === 'masterKeys') {
    const active = ring.wrappingKey(nowMs).id;
    return keys.master.map(({ id, activeFrom }) => {
      if (activeFrom > nowMs) return [id, `wraps from ${utc(activeFrom)}`];
      return [id, id === active ? 'wraps' : 'unwraps only'];
    });
  }
  const active = ring.signingKey(nowMs).kid;
  return keys.jwt.map(({ kid, activeFrom, usableUntil }) => {
    if (kid === active) return [kid, 'signs'];
    if (activeFrom > nowMs) return [kid, `signs from ${utc(activeFrom)}`];
    return [kid, Number.isFinite(usableUntil) ? `verifies until ${utc(usableUntil)}` : 'verifies only'];
  });
}

function addGenerate(keys: Command, { settings, out, note }: CliContext): void {
  keys
    .command('generate')
    .description('make the keys that are missing; what exists is never changed')
    .action(() => {
      const file = keysFilePath(settings());
      const made = generateMissingKeys(file, process.env, new Date());
      if (made.length === 0) return out('All keys exist already.');
      for (const name of made) out(`${name}  ${keyGuide[name].purpose}`);
      note(`Written to ${file}. Keep a copy in a safe place, and give every process of one database the same keys.`);
    });
}

type Rotation = { name: KeyName; change: (keys: Partial<StoredKeys>) => Partial<StoredKeys>; effect: string };

function rotationOf(what: string, compromised: boolean, now: Date): Rotation {
  if (what === 'master') {
    const effect =
      'The new master key wraps in one minute; then run `npx sandai keys rewrap`. Keep the old one for backups.';
    return { name: 'masterKeys', change: rotateMasterKey(now), effect };
  }
  if (what === 'nakama') {
    const effect = 'Give Nakama the same session.encryption_key and restart it; its open sessions end.';
    return { name: 'nakamaSessionKey', change: rotateNakamaSessionKey, effect };
  }
  const effect = compromised
    ? 'Every token issued so far stops counting as soon as the processes have read the file; players refresh or sign in again.'
    : 'The new key signs in one minute; tokens of older keys count until they expire.';
  return { name: 'jwtKeys', change: rotateJwtKeys({ now, compromised }), effect };
}

function addRotate(keys: Command, { settings, out, note }: CliContext): void {
  keys
    .command('rotate')
    .description('replace a key; running processes read the file again by themselves')
    .addArgument(new Argument('[key]', 'which key').choices(['jwt', 'master', 'nakama']).default('jwt'))
    .option('--compromised', 'jwt only: the old keys stop counting at once')
    .action(async (what: string, { compromised = false }: { compromised?: boolean }) => {
      if (compromised && what !== 'jwt') throw new UserError('--compromised is for the jwt key only.');
      const { name, change, effect } = rotationOf(what, compromised, new Date());
      const { fromEnvironment, fromVault } = await loadKeysOf(settings());
      if (fromVault.has(name)) {
        throw new UserError(
          `Vault holds ${name}: put the new one in front there; running processes read it by themselves.`,
        );
      }
      if (fromEnvironment.has(name)) {
        throw new UserError(`${keyGuide[name].env} sets this key: put the new one in front there, and restart.`);
      }
      updateKeysFile(keysFilePath(settings()), change);
      out(`${name} rotated.`);
      note(effect);
    });
}

function addRewrap(keys: Command, { settings, out, note }: CliContext): void {
  keys
    .command('rewrap')
    .description("wrap every player's data key with the newest master key, beside normal work")
    .action(async () => {
      const loaded = settings();
      const { keys: loadedKeys } = await loadKeysOf(loaded);
      const ring = openKeyRing(() => loadedKeys);
      const newest = ring.keys().master[0];
      if (newest && newest.activeFrom > Date.now()) {
        throw new UserError(`The newest master key wraps from ${utc(newest.activeFrom)}: run this again then.`);
      }
      const onProgress = (count: number) => note(`${count} data keys rewrapped`);
      const count = await withDatabase(loaded, note, (sql) => rewrapDataKeys({ sql, ring, now: Date.now, onProgress }));
      out(`${count} data keys were wrapped with another master key; all are wrapped with ${newest?.id} now.`);
    });
}
