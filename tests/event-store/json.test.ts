import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidAppend } from '../../src/event-store/index.ts';
import { checkText, encodeJson } from '../../src/event-store/json.ts';

const storable = (text: string) => text.isWellFormed() && !text.includes('\0');
const text = fc.string({ unit: 'binary' }).filter(storable);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('JSON', () => {
  test('that is accepted reads back as the same value', () =>
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(encodeJson(value, 'data'))).toEqual(value);
      }),
      { numRuns: 300, seed: 1 },
    ));

  test('is refused for one bad value, wherever it is', () => {
    const bad = fc.constantFrom<unknown>(
      ...[Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, () => 1, Symbol('s'), new Date(0), new Map(), /x/],
      ...[
        new (class Thing {})(),
        Object.create({ inherited: 1 }),
        'a\0',
        '\ud800',
        'x\udc00y',
        { 'a\0': 1 },
        { '\udfff': 1 },
      ],
    );
    const place = fc.array(fc.constantFrom('list', 'object'), { maxLength: 6 });
    fc.assert(
      fc.property(bad, place, json, (value, path, neighbour) => {
        const wrapped = path.reduce<unknown>(
          (inner, step) => (step === 'list' ? [neighbour, inner] : { neighbour, inner }),
          value,
        );
        expect(() => encodeJson(wrapped, 'data')).toThrow(InvalidAppend);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test.each<[string, unknown, string]>([
    ['a number', { a: [1, { b: Number.NaN }] }, 'data.a[1].b is NaN'],
    ['a type', { a: { b: undefined } }, 'data.a.b is of type undefined'],
    ['a class', { when: new Date(0) }, 'data.when is a Date instance'],
    ['a character', { a: { b: 'x\0' } }, 'data.a.b has a NUL'],
    ['a key', { a: { 'b\ud800': 1 } }, 'a key of data.a has a NUL character or half'],
  ])('names the place of %s that it refuses', (_, value, message) => {
    expect(() => encodeJson(value, 'data')).toThrow(message);
  });

  test('goes 64 levels deep and no deeper', () => {
    const nested = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
    expect(encodeJson(nested(64), 'data')).toBe(`${'['.repeat(64)}1${']'.repeat(64)}`);
    expect(() => encodeJson(nested(65), 'data')).toThrow('deeper than 64 levels');
  });

  test('may spell what only looks like an escape', () => {
    const value = { path: 'C:\\u0000\\ud800', control: '\u0001\u001f\u007f\u2028' };
    expect(JSON.parse(encodeJson(value, 'data'))).toEqual(value);
  });

  test('never becomes more than itself', () => {
    const polluting = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
    expect(encodeJson(polluting, 'data')).toBe('{"__proto__":{"admin":true},"constructor":1}');
  });
});

describe('text', () => {
  test.each([
    ['', 'is empty'],
    ['abcd', 'has 4 characters, at most 3'],
    ['a\0', 'NUL'],
    ['\ud83d', 'surrogate'],
  ])('%j is refused', (value, message) => {
    expect(() => checkText(value, 'the name', 3)).toThrow(message);
  });

  test('with whole surrogate pairs is accepted', () => expect(() => checkText('😀', 'the name', 2)).not.toThrow());
});
