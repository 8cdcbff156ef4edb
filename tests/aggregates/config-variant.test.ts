import { test } from 'vitest';
import { configVariant } from '../../src/aggregates/config-variant.ts';
import type { ConfigEvent } from '../../src/events/config.ts';
import { newShop, preview } from './experiment-examples.ts';
import { specification } from './specification.ts';

const given = specification(configVariant);
const data = { experiment: newShop, cohort: preview, values: { banner: true }, restores: null };
const set = (expected: bigint, changes: Partial<typeof data> = {}) =>
  ({ type: 'SetConfigVariant', ...data, ...changes, expected }) as const;
const wasSet: ConfigEvent = { type: 'ConfigVariantSet', data };

test('a first variant is set', () => given().when(set(0n)).thenOnce('CONFIG_VERSION_MISMATCH', wasSet));
test('a variant is changed by who knows its version', () =>
  given(wasSet, wasSet)
    .when(set(2n, { values: { banner: false } }))
    .thenOnce('CONFIG_VERSION_MISMATCH', { ...wasSet, data: { ...data, values: { banner: false } } }));
test.each([0n, 1n, 3n])('who knows version %s of two is refused', (expected) =>
  given(wasSet, wasSet).when(set(expected)).thenRejects('CONFIG_VERSION_MISMATCH'),
);
