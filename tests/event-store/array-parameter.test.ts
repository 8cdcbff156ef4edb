import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotedArray, separatedTexts, separatorFor } from '../../src/event-store/sql/array-parameter.ts';

const awkward = fc.string({
  unit: fc.constantFrom('a', '"', '\\', ',', '{', '}', ' ', '0', '1', '\x1e', '\x1f', 'é', '😀'),
  maxLength: 6,
});

/** As the server splits: at each place of the separator, from the left. */
const split = (text: string | null, separator: string) => (text === null ? [] : text.split(separator));

describe('texts joined by a separator', () => {
  test('come apart as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(awkward, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), (columns) => {
        const separator = separatorFor(columns);
        for (const values of columns) expect(split(separatedTexts(values, separator), separator)).toEqual(values);
      }),
      { examples: [[[['a\x1f', 'b'], ['\x1f0\x1e']]], [[['\x1f0', '\x1e'], []]]] },
    );
  });

  test('are NULL when there are none, so that nothing is taken for one empty text', () => {
    expect(separatedTexts([], '\x1f')).toBeNull();
    expect(separatedTexts([''], '\x1f')).toBe('');
  });
});

test('an array literal keeps quotes, backslashes and NULL apart', () => {
  expect(quotedArray(['a"b', 'c\\d', null, 'NULL', ''])).toBe('{"a\\"b","c\\\\d",NULL,"NULL",""}');
});
