import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrayLiteral } from '../../src/projections/array-literal.ts';

/** Reads an SQL array literal of one dimension. */
function parse(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,"]+)/gsu))
    values.push(quoted === undefined ? (bare === 'NULL' ? null : bare!) : quoted.replaceAll(/\\(.)/gsu, '$1'));
  return values;
}

test('an array of texts comes back, whatever they hold', () => {
  const values = fc.array(
    fc.option(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('NULL', 'null', '', '{}', 'a,b', '"', '\\', ' ')),
    ),
  );
  fc.assert(
    fc.property(values, (each) => {
      expect(parse(arrayLiteral(each))).toEqual(each);
    }),
  );
});

test('numbers stand as they are', () => {
  expect(arrayLiteral([1, -2n, null, 9007199254740993n])).toBe('{1,-2,NULL,9007199254740993}');
});
