/** A character as it is compared.
 *  @property text  as it was written
 *  @property units letters and digits that it may stand for, one after another; each a string of alternatives
 *  @property kind  `mark` belongs to the character before it, `sign` is a letter or an end of a word, `gap` only an end */
export type Character = {
  readonly text: string;
  readonly units: readonly string[];
  readonly kind: 'solid' | 'sign' | 'mark' | 'gap';
};

const mapOf = (entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.keys(entries).map((key) => [key, entries[key]!]));

const leetDigits = mapOf({
  '0': '0o',
  '1': '1il',
  '3': '3e',
  '4': '4a',
  '5': '5s',
  '7': '7t',
  '8': '8b',
  '9': '9g',
});
const signs = mapOf({ '@': 'a', $: 's', '!': 'i', '|': 'il', '+': 't' });
/** What no decomposition takes apart. */
const alike = mapOf({
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
});

const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const marks = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/g;
/** Letters and digits: roughly, as Goja knows no classes of Unicode in expressions. */
const solid = /^[0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2070-\u218f\u2c00-\u2fff\u3040-\ufdff\ufe70-\uffff]$/;
const highSurrogate = /^[\ud800-\udbff]$/;
const lowSurrogate = /^[\udc00-\udfff]$/;
const emoji = /^\ud83c|^\ud83d|^\ud83e/;

/** Characters of a text, in which a pair of surrogates is one. */
export function splitCharacters(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const pair = highSurrogate.test(text.charAt(at)) && lowSurrogate.test(text.charAt(at + 1));
    found.push(pair ? text.charAt(at) + text.charAt(++at) : text.charAt(at));
  }
  return found;
}

/** A text without case, diacritics, other widths and what is not seen. */
export const plain = (text: string): string =>
  text.toLowerCase().normalize('NFKD').toLowerCase().normalize('NFKD').replace(marks, '').replace(unseen, '');

function characterOf(text: string): Character {
  const folded = plain(text);
  if (folded === '') return { text, units: [], kind: 'mark' };
  if (emoji.test(folded)) return { text, units: [], kind: 'gap' };
  const sign = signs.get(folded);
  if (sign !== undefined) return { text, units: [sign], kind: 'sign' };
  const units: string[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    const one = folded.charAt(at);
    if (!solid.test(one)) continue;
    const several = alike.get(one) ?? one;
    for (let part = 0; part < several.length; part += 1) {
      const letter = several.charAt(part);
      units.push(leetDigits.get(letter) ?? letter);
    }
  }
  return { text, units, kind: units.length > 0 ? 'solid' : 'gap' };
}

/** A text as it is compared. */
export const charactersOf = (text: string): readonly Character[] => splitCharacters(text).map(characterOf);
