import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { projectionsDocument } from '../../src/cli/projections-document.ts';

test('docs/projections.md describes the projections of the code (npx sandai projections describe > docs/projections.md)', () => {
  const file = new URL('../../docs/projections.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(projectionsDocument(projections));
});
