import { InvalidAppend } from './errors.ts';

const maxDepth = 64;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function check(value: unknown, path: string, depth: number): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (Number.isFinite(value)) return;
      throw new InvalidAppend(`${path} is ${value}: JSON has no such number`);
    case 'object':
      break;
    default:
      throw new InvalidAppend(`${path} is of type ${typeof value}: only JSON can be stored`);
  }
  if (value === null) return;
  if (depth === maxDepth)
    throw new InvalidAppend(`${path} is nested deeper than ${maxDepth} levels, or refers to itself`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) check(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  if (!isPlain(value as object))
    throw new InvalidAppend(
      `${path} is a ${(value as object).constructor?.name ?? 'class'} instance: only plain JSON can be stored`,
    );
  for (const key in value) check((value as Record<string, unknown>)[key], `${path}.${key}`, depth + 1);
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
  check(value, name, 0);
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
