import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 random bytes as base64url (43 characters)');
const keyId = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'must be 1 to 40 letters, digits or dashes');
const time = z.iso.datetime({ error: 'must be a UTC time such as 2026-01-31T12:00:00.000Z' });

const jwtKey = z.strictObject({
  kid: keyId,
  secret,
  createdAt: time.optional(),
  activeFrom: time.optional(),
  retiredAt: time.optional(),
});
const masterKey = z.strictObject({ id: keyId, key: secret, createdAt: time.optional(), activeFrom: time.optional() });

const bot = z.strictObject({
  tenant: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must name a tenant'),
  bot: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 lower-case letters, digits or dashes'),
  secret: z.string().regex(/^[A-Za-z0-9_-]{16,256}$/, 'must be 16 to 256 letters, digits, dashes or underscores'),
  token: z
    .string()
    .regex(/^\d{1,20}:[A-Za-z0-9_-]{20,80}$/, 'must be a bot token as BotFather gives it')
    .optional(),
});

const pspSecret = z.strictObject({
  tenant: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must name a tenant'),
  secret: z.string().regex(/^[A-Za-z0-9_-]{16,256}$/, 'must be 16 to 256 letters, digits, dashes or underscores'),
});

const unique = <T>(idOf: (entry: T) => string) => ({
  check: (entries: readonly T[]) => new Set(entries.map(idOf)).size === entries.length,
  message: 'the same id stands there twice',
});
const uniqueKids = unique((entry: z.infer<typeof jwtKey>) => entry.kid);
const uniqueIds = unique((entry: z.infer<typeof masterKey>) => entry.id);
const uniqueSecrets = {
  check: (entries: readonly { readonly secret: string }[]) =>
    new Set(entries.map(({ secret }) => secret)).size === entries.length,
  message: 'the same secret stands there twice, so that it names no tenant',
};

/** Shape of each key as it stands in the keys file. Lists: the newest key first.
 *  Times are when a key was made, when it starts to sign or wrap, and when a newer one took over. */
export const keyShapes = {
  jwtKeys: z.array(jwtKey).min(1).refine(uniqueKids.check, uniqueKids.message),
  refreshKey: secret,
  pepper: secret,
  masterKeys: z.array(masterKey).min(1).refine(uniqueIds.check, uniqueIds.message),
  nakamaSessionKey: z.string().regex(/^[!-~]{16,256}$/, 'must be 16 to 256 visible ASCII characters'),
  defaultClientKey: z.string().regex(/^ck_[A-Za-z0-9]{16,64}$/, 'must be ck_ and 16 to 64 letters or digits'),
  logHashKey: secret,
  telegramBots: z.array(bot).refine(uniqueSecrets.check, uniqueSecrets.message),
  pspSecrets: z.array(pspSecret).refine(uniqueSecrets.check, uniqueSecrets.message),
  testStoreKey: secret.nullable(),
};

export type KeyName = keyof typeof keyShapes;
export type StoredKeys = { [Name in KeyName]: z.infer<(typeof keyShapes)[Name]> };
export type StoredJwtKey = StoredKeys['jwtKeys'][number];
export type StoredMasterKey = StoredKeys['masterKeys'][number];
export type StoredBot = StoredKeys['telegramBots'][number];

export const keyNames = Object.keys(keyShapes) as readonly KeyName[];

/** What stands for keys that an installation can do without. */
export const keysLeftOut = {
  telegramBots: [],
  pspSecrets: [],
  testStoreKey: null,
} as const satisfies Partial<StoredKeys>;

/** What each key is for, and the environment variable that overrides it (`…_FILE` names a file with the same text). */
export const keyGuide: { readonly [Name in KeyName]: { readonly env: string; readonly purpose: string } } = {
  jwtKeys: { env: 'SANDAI_JWT_KEYS', purpose: 'sign session and operator tokens' },
  refreshKey: { env: 'SANDAI_REFRESH_KEY', purpose: 'hashes refresh tokens' },
  pepper: { env: 'SANDAI_PEPPER', purpose: 'hashes device ids; a new one makes every device a new player' },
  masterKeys: {
    env: 'SANDAI_MASTER_KEYS',
    purpose: 'wrap the data keys of players; without them personal data is lost',
  },
  nakamaSessionKey: {
    env: 'SANDAI_NAKAMA_SESSION_KEY',
    purpose: "signs Nakama sessions (Nakama's session.encryption_key)",
  },
  defaultClientKey: {
    env: 'SANDAI_DEFAULT_CLIENT_KEY',
    purpose: 'public key by which clients name the default tenant',
  },
  logHashKey: { env: 'SANDAI_LOG_HASH_KEY', purpose: 'hashes ids in log lines' },
  telegramBots: { env: 'SANDAI_TELEGRAM_BOTS', purpose: 'webhook secrets and tokens of Telegram bots' },
  pspSecrets: { env: 'SANDAI_PSP_SECRETS', purpose: 'webhook secrets of payment service providers' },
  testStoreKey: {
    env: 'SANDAI_TEST_STORE_KEY',
    purpose: 'signs receipts of the test store; without it that store is off',
  },
};

const newSecret = (): string => randomBytes(32).toString('base64url');
const newId = (): string => randomUUID().slice(0, 8);

export const newJwtKey = (now: Date): StoredJwtKey => ({
  kid: newId(),
  secret: newSecret(),
  createdAt: now.toISOString(),
});
export const newMasterKey = (now: Date): StoredMasterKey => ({
  id: newId(),
  key: newSecret(),
  createdAt: now.toISOString(),
});
export const newNakamaSessionKey = newSecret;
export const newTestStoreKey = newSecret;
export const newClientKey = (): string => `ck_${randomBytes(16).toString('hex')}`;

/** Makes a fresh value for each of the named keys. */
export function generateKeys(names: readonly KeyName[], now: Date): Partial<StoredKeys> {
  const fresh: StoredKeys = {
    jwtKeys: [newJwtKey(now)],
    refreshKey: newSecret(),
    pepper: newSecret(),
    masterKeys: [newMasterKey(now)],
    nakamaSessionKey: newNakamaSessionKey(),
    defaultClientKey: newClientKey(),
    logHashKey: newSecret(),
    telegramBots: [],
    pspSecrets: [],
    testStoreKey: null, // whoever has it buys for nothing: only the first start on a database of our own makes one
  };
  return Object.fromEntries(names.map((name) => [name, fresh[name]]));
}
