import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationDocument } from '../../src/config/document.ts';

test('docs/configuration.md lists the settings of the code (npx sandai configuration > docs/configuration.md)', () => {
  const file = new URL('../../docs/configuration.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(configurationDocument());
});
