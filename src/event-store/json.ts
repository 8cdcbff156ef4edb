import { InvalidAppend } from './errors.ts';

const maxDepth = 64;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** What JSON cannot hold in a value: where, and why; null = nothing. Paths are only put together for what is found. */
function findForeign(value: unknown, depth: number): { path: string; problem: string } | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null;
    case 'number':
      return Number.isFinite(value) ? null : { path: '', problem: `is ${value}: JSON has no such number` };
    case 'object':
      break;
    default:
      return { path: '', problem: `is of type ${typeof value}: only JSON can be stored` };
  }
  if (value === null) return null;
  if (depth === maxDepth) return { path: '', problem: `is nested deeper than ${maxDepth} levels, or refers to itself` };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = findForeign(value[index], depth + 1);
      if (found !== null) return { ...found, path: `[${index}]${found.path}` };
    }
    return null;
  }
  if (!isPlain(value))
    return { path: '', problem: `is a ${value.constructor?.name ?? 'class'} instance: only plain JSON can be stored` };
  for (const key in value) {
    const found = findForeign((value as Record<string, unknown>)[key], depth + 1);
    if (found !== null) return { ...found, path: `.${key}${found.path}` };
  }
  return null;
}

const unstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

function findUnstorable(value: unknown, path: string): string | null {
  if (typeof value === 'string') return unstorable(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorable(key) ? `a key of ${path}` : findUnstorable(inner, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** JSON text of a value that reads back as the same value on every database.
 *  @param name how errors call the value
 *  @throws InvalidAppend naming the place of NaN, undefined, BigInt, functions, class instances, cycles, nesting beyond
 *          64 levels, NUL characters and lone surrogates */
export function encodeJson(value: unknown, name: string): string {
  const foreign = findForeign(value, 0);
  if (foreign !== null) throw new InvalidAppend(`${name}${foreign.path} ${foreign.problem}`);
  const text = JSON.stringify(value);
  // Both kinds of character appear as \u escapes in the text, so most values need no second walk.
  if (text.includes('\\u')) {
    const place = findUnstorable(value, name);
    if (place !== null)
      throw new InvalidAppend(`${place} has a NUL character or half of a surrogate pair: databases cannot store it`);
  }
  return text;
}

/** @throws InvalidAppend when the text has a NUL character or a lone surrogate, or is too long */
export function checkText(text: string, name: string, maxLength: number): void {
  if (text.length === 0) throw new InvalidAppend(`${name} is empty`);
  if (text.length > maxLength)
    throw new InvalidAppend(`${name} has ${text.length} characters, at most ${maxLength} are allowed`);
  if (unstorable(text)) throw new InvalidAppend(`${name} has a NUL character or half of a surrogate pair`);
}
