import { isDeepStrictEqual } from 'node:util';
import { allSettings } from './names.ts';
import type { Settings } from './schema.ts';

const settingOf = (settings: Settings, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], settings);

/** Names of the settings that are not the same in both. */
export const changedSettings = (before: Settings, after: Settings): readonly string[] =>
  allSettings
    .map(({ name }) => name)
    .filter((name) => !isDeepStrictEqual(settingOf(before, name), settingOf(after, name)));
