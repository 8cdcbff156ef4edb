import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compiledMain, isStale } from '../../scripts/compile.mjs';

let root: string;
const source = (name: string, text: string) => writeFileSync(join(root, name), text);
const run = (main: string) => execFileSync(process.execPath, [main], { encoding: 'utf8' }).trim();
const longAgo = new Date('2020-01-01T00:00:00Z');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sandai-compile-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  source('package.json', '{ "type": "module" }');
  source('projections.config.ts', 'export const names: string[] = ["one"];');
  source('src/deep/word.ts', 'export const word: string = "first";');
  source(
    'src/main.ts',
    'import { names } from "../projections.config.ts"; import { word } from "./deep/word.ts"; console.log(word, names.length);',
  );
  for (const name of ['package.json', 'projections.config.ts', 'src/deep/word.ts', 'src/main.ts'])
    utimesSync(join(root, name), longAgo, longAgo);
});
afterEach(() => rmSync(root, { recursive: true }));

test('the sources become one program, once', async () => {
  expect(isStale(root)).toBe(true);
  const main = await compiledMain(root);
  expect(run(main)).toBe('first 1');
  expect(isStale(root)).toBe(false);
  writeFileSync(main, 'console.log("kept")');
  expect(run(await compiledMain(root))).toBe('kept');
});

test.each(['src/deep/word.ts', 'projections.config.ts'])('a change of %s compiles them again', async (name) => {
  await compiledMain(root);
  const changed = name.startsWith('src') ? 'export const word = "second";' : 'export const names = ["one", "two"];';
  source(name, changed);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(root, name), later, later);
  expect(run(await compiledMain(root))).toBe(name.startsWith('src') ? 'second 1' : 'first 2');
});

test('processes that compile at once do not disturb each other', async () => {
  const mains = await Promise.all([1, 2, 3, 4].map(() => compiledMain(root)));
  expect(new Set(mains).size).toBe(1);
  expect(run(mains[0] ?? '')).toBe('first 1');
  expect(readFileSync(`${mains[0]}.map`, 'utf8')).toContain('word.ts');
});
