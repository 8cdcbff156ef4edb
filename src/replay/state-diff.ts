/** A value that changed. @property path for example `cohorts[1].share`; @property before undefined = it was not there */
export type Change = { readonly path: string; readonly before?: unknown; readonly after?: unknown };

/** A state as JSON values: maps as objects, sets as lists, big integers as texts. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, plain(each)]),
  );
}

const isNode = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const stepTo = (path: string, key: string, inList: boolean) =>
  inList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

/** What differs between two plain values, leaf by leaf, in the order of the keys. */
export function changes(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isNode(before) && isNode(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changes(before[key], after[key], stepTo(path, key, Array.isArray(after))));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}
