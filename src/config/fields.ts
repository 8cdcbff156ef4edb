import { z } from 'zod';

// Each field takes the text of a flag or an environment variable as well as the value of a JSON file.

const asNumber = (value: unknown) =>
  typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;

/** A whole number; `unit` is part of the message and of the documentation. */
export const integer = (range: { from: number; to: number; unit?: string }) => {
  const { from, to, unit } = range;
  const wanted = `a whole number from ${from} to ${to}${unit ? ` (${unit})` : ''}`;
  const error = `must be ${wanted}`;
  return z.preprocess(asNumber, z.int({ error }).min(from, { error }).max(to, { error })).meta({ form: wanted });
};

const asBoolean = (value: unknown) => (value === 'true' ? true : value === 'false' ? false : value);

export const yesOrNo = () =>
  z.preprocess(asBoolean, z.boolean({ error: 'must be true or false' })).meta({ form: 'true or false' });

export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).meta({ form: values.join(', ') });

/** A text that is not empty. */
export const text = (form: string) =>
  z
    .string({ error: `must be ${form}` })
    .trim()
    .min(1, { error: `must be ${form}` })
    .meta({ form });

/** A path; a relative one counts from the working directory, or from the configuration file that names it. */
export const path = (form: string) => text(form).meta({ form, path: true });

/** So much of a wallet currency. */
export const currencyAmount = () => {
  const form = 'a currency and an amount such as coins:50';
  return z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}:[1-9]\d{0,8}$/, { error: `must be ${form}` })
    .meta({ form });
};

/** Name of a season. */
export const seasonNameText = () => {
  const form = '1 to 64 letters, digits, dots, underscores or dashes';
  return z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: `must be ${form}` })
    .meta({ form });
};

const asList = (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : value;

/** Texts, comma-separated in flags and environment variables. */
export const list = (form: string, pattern: RegExp) => {
  const error = `must be ${form}`;
  return z.preprocess(asList, z.array(z.string({ error }).regex(pattern, { error }), { error })).meta({ form });
};

/** Players of a match: what starts or ends one must fit into one append. */
const maxMatchPlayers = 32;

const isMode = (value: string): boolean => {
  const [, teamSize = '0', teams = '0'] = /^[a-z][a-z0-9-]{0,31}:(\d{1,2}):(\d{1,2})$/.exec(value) ?? [];
  return Number(teamSize) >= 1 && Number(teams) >= 2 && Number(teamSize) * Number(teams) <= maxMatchPlayers;
};

/** Ways to play, as `name:players of a team:teams`. */
export const modeTable = () => {
  const form = `modes such as duo:2:2 (name, players of a team, at least two teams; at most ${maxMatchPlayers} players)`;
  const error = `must be ${form}, each name once`;
  const isTable = (modes: readonly string[]) =>
    modes.length > 0 && modes.every(isMode) && new Set(modes.map((mode) => mode.split(':')[0])).size === modes.length;
  return z.preprocess(asList, z.array(z.string({ error }), { error }).refine(isTable, { error })).meta({ form });
};

const isProvider = (value: string): boolean => {
  const [, url = ''] = /^[a-z0-9-]{1,32} +\S+ +[^\s+]+(?:\+[^\s+]+)* +(https?:\/\/\S+)$/.exec(value) ?? [];
  return URL.canParse(url);
};

/** Providers of OpenID Connect, as `name issuer audience+audience URL`. */
export const providerTable = () => {
  const form =
    'providers such as `google https://accounts.google.com my-app+my-other-app https://www.googleapis.com/oauth2/v3/certs` (name, issuer, audiences, URL of the keys)';
  const error = `must be ${form}, each name once`;
  const isTable = (providers: readonly string[]) =>
    providers.every(isProvider) && new Set(providers.map((each) => each.split(' ')[0])).size === providers.length;
  return z.preprocess(asList, z.array(z.string({ error }), { error }).refine(isTable, { error })).meta({ form });
};

const isDatabaseUrl = (value: string) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    url !== undefined &&
    /^postgres(ql)?:$/.test(url.protocol) &&
    (url.hostname !== '' || url.searchParams.has('host')) &&
    url.pathname.length > 1
  );
};

/** A PostgreSQL connection URL; never shown, because it holds a password. */
export const databaseUrl = () => {
  const form = 'a URL such as postgres://user:password@host:5432/database';
  const error = `must be ${form}`;
  return z.string({ error }).refine(isDatabaseUrl, { error }).meta({ form, secret: true });
};

const urlOf = (form: string, protocols: RegExp) => {
  const error = `must be ${form}`;
  const fits = (value: string) => URL.canParse(value) && protocols.test(new URL(value).protocol);
  return z.string({ error }).refine(fits, { error });
};

/** A Redis connection URL; never shown, because it may hold a password. */
export const redisUrl = () => {
  const form = 'a URL such as redis://user:password@host:6379';
  return urlOf(form, /^rediss?:$/).meta({ form, secret: true });
};

/** The address of an HTTP service. */
export const httpUrl = () => {
  const form = 'a URL such as https://example.com/path';
  return urlOf(form, /^https?:$/).meta({ form });
};

const asJson = (value: unknown) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** A JSON object, as text in flags and environment variables. */
export const jsonObject = () => {
  const form = 'a JSON object such as {"shop_preview":false}';
  return z.preprocess(asJson, z.record(z.string(), z.json(), { error: `must be ${form}` })).meta({ form });
};

/** A text that is never shown. */
export const secretText = (form: string) => text(form).meta({ form, secret: true });
