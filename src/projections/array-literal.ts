import type { Value } from './table.ts';

/** An SQL array as text, several times faster than the driver's own for long arrays. */
export function arrayLiteral(values: readonly Value[]): string {
  const parts: string[] = new Array(values.length);
  for (const [index, value] of values.entries()) parts[index] = element(value);
  return `{${parts.join(',')}}`;
}

const plain = /^[A-Za-z0-9._-]+$/;

function element(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  if (plain.test(value) && value.length !== 4) return value; // four letters may spell NULL
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
