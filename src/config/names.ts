import { z } from 'zod';
import { settingsSchema } from './schema.ts';

/** One setting: a leaf of the schema under its dotted name. */
export type Setting = {
  name: string;
  schema: z.ZodType;
  /** Names of environment variables, the strongest first. */
  variables: readonly string[];
  description: string;
  /** What a value looks like, for messages and documentation. */
  form: string;
  secret: boolean;
  path: boolean;
};

const shortVariables: Readonly<Record<string, string>> = {
  'http.port': 'PORT',
  'database.url': 'DATABASE_URL',
  'database.migrationUrl': 'DATABASE_MIGRATION_URL',
  'vault.address': 'VAULT_ADDR',
  'vault.namespace': 'VAULT_NAMESPACE',
  'vault.token': 'VAULT_TOKEN',
  'redis.url': 'REDIS_URL',
};

/** Short flags of settings that are typed often. */
export const shortFlags: Readonly<Record<string, string>> = {
  port: 'http.port',
  host: 'http.host',
  'data-dir': 'dataDir',
};

/** `rateLimit.anonymousPerMinute` → `SANDAI_RATE_LIMIT_ANONYMOUS_PER_MINUTE`. */
export const variableOf = (name: string): string =>
  `SANDAI_${name
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`;

type Meta = { description?: string; form?: string; secret?: boolean; path?: boolean };

/** Metadata of a field, also of the ones it wraps (a default, an optional). */
function metaOf(schema: z.ZodType): Meta {
  const inner =
    schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? metaOf(schema.unwrap() as z.ZodType) : {};
  return { ...inner, ...(schema.meta() as Meta | undefined) };
}

function leaves(object: z.ZodObject, prefix: string): Setting[] {
  return Object.entries(object.shape).flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    if (field instanceof z.ZodObject) return leaves(field, `${name}.`);
    const schema = field as z.ZodType;
    const { description = '', form = '', secret = false, path = false } = metaOf(schema);
    const short = shortVariables[name];
    return [
      {
        name,
        schema,
        variables: short ? [variableOf(name), short] : [variableOf(name)],
        description,
        form,
        secret,
        path,
      },
    ];
  });
}

/** Every setting, in the schema's order. */
export const allSettings: readonly Setting[] = leaves(settingsSchema, '');

const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...left].entries()) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === right[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length]!;
};

/** The known name that was probably meant. */
export function closest(unknown: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, far: distance(unknown.toLowerCase(), name.toLowerCase()) }))
    .sort((left, right) => left.far - right.far);
  return best && best.far <= Math.max(2, unknown.length / 4) ? best.name : undefined;
}
