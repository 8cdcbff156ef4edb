import type { TableDifference } from '../replay/compare.ts';

const fields = (row: Readonly<Record<string, unknown>>) =>
  Object.entries(row)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');

/** What differs in a table, for people. */
export function differenceLines({ table, added, removed, changed, rows }: TableDifference): readonly string[] {
  const all = added + removed + changed;
  return [
    `${table}: ${added} added, ${removed} removed, ${changed} changed`,
    ...rows.map(({ kind, key, before, after }) => {
      if (kind === 'added') return `  + ${fields(key)}  ${fields(after)}`;
      if (kind === 'removed') return `  - ${fields(key)}  ${fields(before)}`;
      const columns = Object.keys(after).map(
        (column) => `${column}: ${JSON.stringify(before[column])} → ${JSON.stringify(after[column])}`,
      );
      return `  ~ ${fields(key)}  ${columns.join(', ')}`;
    }),
    ...(all > rows.length ? [`  and ${all - rows.length} more`] : []),
  ];
}
