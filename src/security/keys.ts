import { createSecretKey, type KeyObject } from 'node:crypto';
import type { TenantId } from '../events/ids.ts';
import type { StoredBot, StoredKeys } from './key-material.ts';

/** The longest life of any token that a JWT key signs, in seconds: a retired key verifies for that long. */
export const maxTokenLifeS = 24 * 60 * 60;

/** @property activeFrom  ms since 1970; before it the key verifies but does not sign
 *  @property usableUntil ms since 1970, when the last token it can have signed has expired; Infinity while it is the newest */
export type JwtKey = {
  readonly kid: string;
  readonly secret: KeyObject;
  readonly activeFrom: number;
  readonly usableUntil: number;
};

/** A key that wraps data keys of players (a key encryption key). */
export type MasterKey = { readonly id: string; readonly key: KeyObject; readonly activeFrom: number };

/** A Telegram bot of a tenant. While its secret is changed it stands there twice.
 *  @property bot    name of the bot in its tenant; its updates are counted by it
 *  @property secret what Telegram sends along with each update
 *  @property token  for answers; null = they are only recorded */
export type TelegramBot = {
  readonly tenant: TenantId;
  readonly bot: string;
  readonly secret: KeyObject;
  readonly token: string | null;
};

/** What a payment service provider signs its webhooks with; it names the tenant. While it is changed, a tenant has two. */
export type PspSecret = { readonly tenant: TenantId; readonly secret: KeyObject };

/** All keys, ready for use. Secrets are key objects, so that printing or serialising them shows nothing. */
export type Keys = {
  readonly jwt: readonly JwtKey[];
  readonly master: readonly MasterKey[];
  readonly refresh: KeyObject;
  readonly pepper: KeyObject;
  readonly logHash: KeyObject;
  readonly nakamaSession: KeyObject;
  readonly defaultClientKey: string;
  readonly telegramBots: readonly TelegramBot[];
  readonly pspSecrets: readonly PspSecret[];
  readonly testStore: KeyObject | null;
};

const secretOf = (text: string): KeyObject => createSecretKey(Buffer.from(text, 'base64url'));
const botOf = ({ tenant, bot, secret, token }: StoredBot): TelegramBot => {
  const opened = { tenant: tenant as TenantId, bot, secret: createSecretKey(Buffer.from(secret, 'utf8')) };
  // not shown when the keys are printed or serialised
  return Object.defineProperty(opened, 'token', { value: token ?? null }) as TelegramBot;
};
const timeOf = (text: string | undefined, otherwise: number): number => (text ? Date.parse(text) : otherwise);

/** Turns the stored text of the keys into key objects. */
export const openKeys = (stored: StoredKeys): Keys => ({
  jwt: stored.jwtKeys.map(({ kid, secret, activeFrom, retiredAt }) => ({
    kid,
    secret: secretOf(secret),
    activeFrom: timeOf(activeFrom, 0),
    usableUntil: timeOf(retiredAt, Number.POSITIVE_INFINITY) + maxTokenLifeS * 1000,
  })),
  master: stored.masterKeys.map(({ id, key, activeFrom }) => ({
    id,
    key: secretOf(key),
    activeFrom: timeOf(activeFrom, 0),
  })),
  refresh: secretOf(stored.refreshKey),
  pepper: secretOf(stored.pepper),
  logHash: secretOf(stored.logHashKey),
  nakamaSession: createSecretKey(Buffer.from(stored.nakamaSessionKey, 'utf8')),
  defaultClientKey: stored.defaultClientKey,
  telegramBots: stored.telegramBots.map(botOf),
  pspSecrets: stored.pspSecrets.map(({ tenant, secret }) => ({
    tenant: tenant as TenantId,
    secret: createSecretKey(Buffer.from(secret, 'utf8')),
  })),
  testStore: stored.testStoreKey === null ? null : secretOf(stored.testStoreKey),
});

/** The newest key of a list that is already active; lists stand newest first. */
export const activeKey = <K extends { readonly activeFrom: number }>(keys: readonly K[], nowMs: number): K => {
  const key = keys.find(({ activeFrom }) => activeFrom <= nowMs) ?? keys.at(-1);
  if (!key) throw new Error('a key list is empty');
  return key;
};
