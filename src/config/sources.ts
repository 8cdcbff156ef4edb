import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { allSettings, closest, shortFlags } from './names.ts';

/** A value that somebody gave, who gave it, and the directory that a relative path in it starts from. */
export type Given = { value: unknown; source: string; base: string };
export type Source = { values: Map<string, Given>; problems: string[] };

const settingNames = allSettings.map(({ name }) => name);

const unknownName = (name: string, source: string, known: readonly string[], shown = (meant: string) => meant) => {
  const meant = closest(name, known);
  return `${name} (${source}): there is no such setting; ${meant ? `did you mean ${shown(meant)}?` : 'docs/configuration.md lists all.'}`;
};

/** Command-line arguments, parted into settings (`--port 1`, `--http.port=1`, any dotted name) and everything else.
 *  @returns `flags` for `loadSettings`, `config` the configuration file, `rest` for the command */
export function takeSettingFlags(args: readonly string[]): {
  flags: ReadonlyMap<string, string | undefined>;
  rest: string[];
} {
  const flags = new Map<string, string | undefined>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]!;
    if (argument === '--') return { flags, rest: [...rest, ...args.slice(index)] };
    const [, name, , inline] = /^--([A-Za-z][\w.-]*)(=(.*))?$/s.exec(argument) ?? [];
    if (
      name === undefined ||
      !(name.includes('.') || name in shortFlags || name === 'config' || settingNames.includes(name))
    ) {
      rest.push(argument);
      continue;
    }
    const next = args[index + 1];
    const takesNext = inline === undefined && next !== undefined && !next.startsWith('--');
    flags.set(name, inline ?? (takesNext ? next : undefined));
    if (takesNext) index += 1;
  }
  return { flags, rest };
}

export function fromFlags(flags: ReadonlyMap<string, string | undefined>, cwd: string): Source {
  const found: Source = { values: new Map(), problems: [] };
  for (const [flag, value] of flags) {
    if (flag === 'config') continue;
    const name = shortFlags[flag] ?? flag;
    const source = `flag --${flag}`;
    const setting = allSettings.find((each) => each.name === name);
    if (!setting) found.problems.push(unknownName(flag, 'flag', settingNames, (meant) => `--${meant}`));
    else if (value !== undefined) found.values.set(name, { value, source, base: cwd });
    else if (setting.form === 'true or false') found.values.set(name, { value: true, source, base: cwd });
    else found.problems.push(`${name} (${source}): has no value; write --${flag}=<${setting.form}>.`);
  }
  return found;
}

/** @param others  variables with our prefix that are not settings (keys) */
export function fromEnvironment(env: NodeJS.ProcessEnv, others: readonly string[], cwd: string): Source {
  const found: Source = { values: new Map(), problems: [] };
  const variables = allSettings.flatMap((setting) => setting.variables);
  for (const { name, variables: own } of allSettings) {
    // an empty variable is an unset one: compose files and shells pass them on like that
    const variable = own.find((each) => env[each]);
    if (variable) found.values.set(name, { value: env[variable], source: `environment ${variable}`, base: cwd });
  }
  for (const name of Object.keys(env)) {
    if (!name.startsWith('SANDAI_') || variables.includes(name) || others.includes(name)) continue;
    found.problems.push(unknownName(name, 'environment', [...variables, ...others]));
  }
  return found;
}

function flatten(value: unknown, prefix: string): [string, unknown][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || settingNames.includes(prefix))
    return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix === '' ? key : `${prefix}.${key}`));
}

/** A JSON file; settings nested, by dotted names, or both. */
export function fromFile(path: string, cwd: string): Source {
  const file = resolve(cwd, path);
  const found: Source = { values: new Map(), problems: [] };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // without the parser's message, which quotes the file: it may hold a password
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    found.problems.push(`config (flag --config): ${file} ${reason}; give the path of a JSON file.`);
    return found;
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    found.problems.push(`config (flag --config): ${file} must hold one JSON object.`);
    return found;
  }
  for (const [name, value] of flatten(content, '')) {
    if (name === '') continue;
    if (settingNames.includes(name)) found.values.set(name, { value, source: `file ${file}`, base: dirname(file) });
    else found.problems.push(unknownName(name, `file ${file}`, settingNames));
  }
  return found;
}
