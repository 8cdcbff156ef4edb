import type { PhysicalTable, Projection } from '../ports/projection.ts';
import { replayGeneration } from '../replay/build.ts';
import { outerName } from '../replay/replay.ts';

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

const tableLines = (table: PhysicalTable): readonly string[] => [
  `Table \`${outerName(table)}\`, key ${code(table.key)}${table.indexes.length === 0 ? '' : `, indexes on ${table.indexes.map((columns) => `(${code(columns)})`).join(', ')}`}`,
  '',
  '| Column | Type |',
  '| --- | --- |',
  ...Object.entries(table.columns).map(([name, type]) => `| \`${name}\` | ${type} |`),
  '',
];

/** docs/projections.md, from the projections themselves. */
export function projectionsDocument(projections: readonly Projection[]): string {
  const sorted = [...projections].sort((left, right) => (left.name < right.name ? -1 : 1));
  const lines = [
    '# Projections',
    '',
    'Made by `npx sandai projections describe > docs/projections.md`; a test compares. Each read model is built from the events named here and from',
    'nothing else, and can be thrown away and built again.',
    '',
    '**Names.** In the database a table carries its generation, as in `profiles__g1`; `npx sandai projections list` tells which one is live. In what',
    '`sandai replay` writes, the generation is left out. `version` is the version of the stream that last changed the row, or what orders changes otherwise.',
    '',
    '**Freshness.** A commit wakes the processors of its node at once; rows follow with the next batch, which begins at most 50 ms later where nothing',
    'is behind. Other nodes look at the log every `processors.pollMs`. A read that gives `Sandai-Wait-For` waits for its position, at most `reads.maxWaitMs`.',
    '`npx sandai projections status` and the metric of the lag say how far each one is.',
    '',
    ...sorted.flatMap(({ name, about, version, types, tables }) => [
      `## ${name}`,
      '',
      about,
      '',
      `Version ${version}. Events: ${code([...types].sort())}.`,
      '',
      ...tables(replayGeneration).flatMap(tableLines),
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
