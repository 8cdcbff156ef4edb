import { type Character, charactersOf } from './chat-characters.ts';

/** A listed word: what each of its letters may be. */
type ListedWord = readonly string[];

/** A word list, ready to be compared with. @property unharmed plain words that stay, though a listed one stretches to them */
export type WordList = { readonly listed: readonly ListedWord[]; readonly unharmed: readonly string[] };

type Unit = { readonly alternatives: string; readonly character: number };

const lettersOf = (word: string): ListedWord => {
  const letters: string[] = [];
  for (const { units } of charactersOf(word)) letters.push(...units);
  return letters;
};

/** Makes a word list.
 *  @param listed   words that are masked; one without a letter or digit counts for nothing
 *  @param unharmed words that stay, as "good" where "god" is listed */
export const wordList = (listed: readonly string[], unharmed: readonly string[] = []): WordList => ({
  listed: listed.map(lettersOf).filter((word) => word.length > 0),
  unharmed: unharmed.map((word) => lettersOf(word).join(' ')),
});

function share(one: string, other: string): boolean {
  for (let at = 0; at < one.length; at += 1) if (other.indexOf(one.charAt(at)) >= 0) return true;
  return false;
}

/** Units of characters from one on, up to the next end of a word that is nothing else. */
function unitsFrom(characters: readonly Character[], start: number): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = start; at < characters.length && characters[at]!.kind !== 'gap'; at += 1)
    for (const alternatives of characters[at]!.units) units.push({ alternatives, character: at });
  return units;
}

/** The index of the last unit of the longest beginning that is the word, each letter once or more often, and ends where a word may end; −1 = none. */
function lastOfMatch(characters: readonly Character[], units: readonly Unit[], word: ListedWord): number {
  let last = -1;
  let reached: readonly number[] = [0]; // how many letters of the word may have been read
  for (let at = 0; at < units.length && reached.length > 0; at += 1) {
    const { alternatives, character } = units[at]!;
    const next: number[] = [];
    const reach = (count: number) => {
      if (count > 0 && count <= word.length && next.indexOf(count) < 0 && share(word[count - 1]!, alternatives))
        next.push(count);
    };
    for (const count of reached) {
      reach(count);
      reach(count + 1);
    }
    reached = next;
    const following = units[at + 1]?.character;
    const ends = following === undefined || (following !== character && characters[following]!.kind !== 'solid');
    if (ends && reached.indexOf(word.length) >= 0) last = at;
  }
  return last;
}

/** The end of the longest listed word that begins at a character; `start` = there is none. */
function endOfWord(characters: readonly Character[], { listed, unharmed }: WordList, start: number): number {
  const units = unitsFrom(characters, start);
  let last = -1;
  for (const word of listed) {
    if (units.length > 0 && share(word[0]!, units[0]!.alternatives))
      last = Math.max(last, lastOfMatch(characters, units, word));
  }
  if (last < 0) return start;
  const written = units.slice(0, last + 1).map(({ alternatives }) => alternatives);
  if (unharmed.indexOf(written.join(' ')) >= 0) return start;
  let end = units[last]!.character + 1;
  while (end < characters.length && characters[end]!.kind === 'mark') end += 1;
  return end;
}

function maskOnce(text: string, words: WordList): string {
  const characters = charactersOf(text);
  let masked = '';
  let maskedTo = 0;
  let before: Character | undefined;
  for (let at = 0; at < characters.length; at += 1) {
    const here = characters[at]!;
    const begins = here.units.length > 0 && before?.kind !== 'solid';
    // from the second of equal signs nothing is found that was not found from the first, as letters may be repeated
    const again = before?.kind === 'sign' && before.text === here.text;
    if (begins && !again) maskedTo = Math.max(maskedTo, endOfWord(characters, words, at));
    masked += at < maskedTo ? '*' : here.text;
    if (here.kind !== 'mark') before = here;
  }
  return masked;
}

/** A text with a star for each character of its listed words, whatever their case, diacritics, leet digits or repeated letters.
 *  Only whole words count. Masking again changes nothing. */
export function maskWords(text: string, words: WordList): string {
  let before = text;
  for (;;) {
    // what is left beside a star may be a word of its own
    const masked = maskOnce(before, words);
    if (masked === before) return masked;
    before = masked;
  }
}
