import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allSettings, type Setting } from './names.ts';
import { type Settings, settingsSchema } from './schema.ts';
import { fromEnvironment, fromFile, fromFlags, type Given } from './sources.ts';

export { configurationTable } from './document.ts';
export type { Settings } from './schema.ts';
export { takeSettingFlags } from './sources.ts';

export type SettingsInput = {
  /** As `takeSettingFlags` returns them; `config` among them names the file. */
  flags: ReadonlyMap<string, string | undefined>;
  env: NodeJS.ProcessEnv;
  /** Directory that relative paths in flags and environment variables start from. */
  cwd: string;
  /** Variables that begin with SANDAI_ and are not settings, such as single keys. */
  otherVariables?: readonly string[];
};

export type LoadedSettings = { ok: true; settings: Settings } | { ok: false; problems: string[] };

const root = fileURLToPath(new URL('../..', import.meta.url));

const shown = ({ secret }: Setting, value: unknown) =>
  secret ? '' : `, not ${typeof value === 'string' ? `"${value.slice(0, 60)}"` : JSON.stringify(value)?.slice(0, 60)}`;

function check(setting: Setting, given: Given | undefined, problems: string[]): unknown {
  const parsed = setting.schema.safeParse(given?.value);
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'is not valid';
    problems.push(`${setting.name} (${given?.source}): ${reason}${shown(setting, given?.value)}.`);
    return undefined;
  }
  const { data } = parsed;
  return setting.path && typeof data === 'string' && data !== '-' ? resolve(given?.base ?? root, data) : data;
}

function nest(values: ReadonlyMap<string, unknown>): unknown {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const keys = name.split('.');
    let parent = settings;
    for (const key of keys.slice(0, -1)) {
      const inner = (parent[key] as Record<string, unknown> | undefined) ?? {};
      parent[key] = inner;
      parent = inner;
    }
    if (value !== undefined) parent[keys.at(-1)!] = value;
  }
  return settings;
}

function mismatches(values: ReadonlyMap<string, unknown>): string[] {
  const problems: string[] = [];
  if (values.get('database.migrationUrl') && !values.get('database.url')) {
    problems.push('database.migrationUrl: is given without a valid database.url; set DATABASE_URL too, or neither.');
  }
  if (Number(values.get('tokens.familyTtlSeconds')) < Number(values.get('tokens.refreshTtlSeconds'))) {
    problems.push(
      'tokens.familyTtlSeconds: must not be shorter than tokens.refreshTtlSeconds; raise it or lower the other.',
    );
  }
  return problems;
}

/** Collects the settings: flag before environment before file before default.
 *  @returns the settings, or every problem at once, a line each: name, origin, what is wrong, what to do; never a secret */
export function loadSettings(input: SettingsInput): LoadedSettings {
  const { flags, env, cwd, otherVariables = [] } = input;
  const config = flags.get('config');
  const sources = [fromFlags(flags, cwd), fromEnvironment(env, otherVariables, cwd)];
  if (config !== undefined) sources.push(fromFile(config, cwd));
  const problems = sources.flatMap((source) => source.problems);
  if (flags.has('config') && config === undefined)
    problems.push('config (flag --config): has no value; write --config=<file>.');
  const values = new Map<string, unknown>();
  for (const setting of allSettings) {
    const given = sources.map((source) => source.values.get(setting.name)).find((each) => each !== undefined);
    values.set(setting.name, check(setting, given, problems));
  }
  problems.push(...mismatches(values));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: settingsSchema.parse(nest(values)) };
}
