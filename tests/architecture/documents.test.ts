import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configurationTable } from '../../src/config/document.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const markdown = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('docs/guarantees.md', () => {
  const lines = text('docs/guarantees.md')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const isRule = (line: string | undefined): boolean => line?.startsWith('| ---') === true;
  const rows = lines
    .filter((line, at) => !isRule(line) && !isRule(lines[at + 1]))
    .map((line) => {
      const [tests = '', promise = '', guarantee] = line.slice(2, -2).split(' | ').reverse();
      return { name: guarantee ?? promise.slice(0, 60), guarantee, tests };
    });

  test('has a row for each guarantee', () => {
    const guarantees = rows.flatMap(({ guarantee }) => guarantee ?? []);
    expect(guarantees).toEqual(Array.from({ length: 10 }, (_, n) => `G${n + 1}`));
  });

  test.each(rows)('names for $name tests that there are, or says that it is not built', ({ tests }) => {
    if (tests.startsWith('Not built yet')) return;
    for (const named of tests.split('<br>')) {
      const [, file, title] = /^`(tests\/[^`]+)` › (.+)$/.exec(named) ?? [];
      expect(file, named).toBeDefined();
      const source = text(file ?? '');
      expect(
        [`'${title}'`, `"${title}"`].some((quoted) => source.includes(quoted)),
        named,
      ).toBe(true);
    }
  });
});

test("README.md's table of settings is that of the code (npx sandai configuration | grep '^|')", () => {
  expect(text('README.md')).toContain(configurationTable());
});

test("continuous integration runs README.md's test command, and can be run itself", () => {
  expect(text('README.md')).toMatch(/^npm test /m);
  expect(text('.ci/run')).toMatch(/^npm test /m);
  expect(statSync(new URL('.ci/run', root)).mode & 0o111).toBe(0o111);
});

describe('a link', () => {
  test.each(markdown)('in %s leads to a file', (path) => {
    const links = [...text(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    for (const target of links) expect(existsSync(new URL(target, new URL(path, root))), target).toBe(true);
  });
});

describe('a file named in the text', () => {
  test.each(markdown)('of %s exists', (path) => {
    const names = [...text(path).matchAll(/`((?:src|tests|docs|migrations|scripts)\/[\w./-]*)`/g)].map(
      ([, name]) => name ?? '',
    );
    for (const name of names) expect(existsSync(new URL(name, root)), name).toBe(true);
  });
});
