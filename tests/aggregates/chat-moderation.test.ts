import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charactersOf } from '../../src/aggregates/chat-characters.ts';
import type { RecentlySaid } from '../../src/aggregates/chat-flood.ts';
import { commonTopLevels, leadsElsewhere } from '../../src/aggregates/chat-links.ts';
import { type ChatRules, chatModeration } from '../../src/aggregates/chat-moderation.ts';
import { maskWords, wordList } from '../../src/aggregates/chat-words.ts';
import type { ChatModeration } from '../../src/ports/chat-moderation.ts';

const rules: ChatRules = {
  maxLength: 80,
  masked: ['troll', 'ass', 'god', 'Blödmann', 'ba', 'ss'],
  unharmed: ['good'],
  flood: { windowMs: 10_000, maxSaid: 4, maxRepeats: 2 },
  links: { allowedHosts: ['Sandai.example', 'good.com'], topLevels: commonTopLevels },
};
const moderation: ChatModeration<RecentlySaid> = chatModeration(rules);
const verdictOf = (text: string) => moderation.judge({ text, at: 0 }, moderation.nothingSaid).verdict;

describe('a listed word', () => {
  test.each([
    ['you TROLL!', 'you *****!'],
    ['tr0l1', '*****'],
    ['t r o l l, trolling, strolls', 't r o l l, trolling, strolls'],
    ['Scunthorpe, class, assassin', 'Scunthorpe, class, assassin'],
    ['as, a$$, @ss, aaassss', 'as, ***, ***, *******'],
    ['bloedmann BLÖDMANN blo\u0308dmann', 'bloedmann ******** *********'],
    ['_ass_ (ass) ass😀', '_***_ (***) ***😀'],
    ['ａｓｓ 𝐚𝐬𝐬 aß', '*** *** **'],
    ['a\u200bss', '****'],
    ['good god goood', 'good *** *****'],
    ['ba$$', '****'],
  ])('in "%s" is masked in every spelling, and only where it is a whole word', (text, shown) => {
    const verdict = verdictOf(text);
    expect(verdict).toEqual(
      shown === text ? { verdict: 'allow', text } : { verdict: 'mask', text: shown, reason: 'LISTED_WORD' },
    );
  });
});

describe('a link', () => {
  test.each([
    'see https://sandai.example/help?x=readme.info',
    'good.com, www.good.com! (https://good.com:443).',
    'version 1.2.3, e.g. this...or that',
  ])('"%s" leads where it may, or is none', (text) => expect(verdictOf(text)).toEqual({ verdict: 'allow', text }));

  test.each([
    'https://evil.example',
    'EVIL.com',
    'evil。com',
    'ev\u200bil.com/x',
    'https://good.com@evil.example/',
    'https://evil.example\\@good.com',
    'good.com/?to=https://evil.example',
    'notgood.com',
    'good.com.evil.ru',
    'http://127.0.0.1:8080/',
    'www.evil.museum',
  ])('"%s" leads elsewhere and is refused', (text) =>
    expect(verdictOf(text)).toEqual({ verdict: 'refuse', reason: 'LINK' }),
  );
});

describe('flood', () => {
  /** Reasons, or verdicts, of messages one after another. */
  const judged = (...said: readonly [number, string][]) => {
    let recent = moderation.nothingSaid;
    return said.map(([at, text]) => {
      const answer = moderation.judge({ text, at }, recent);
      recent = answer.recent;
      return 'reason' in answer.verdict ? answer.verdict.reason : answer.verdict.verdict;
    });
  };

  test('is more in a window than is allowed, and ends with it', () =>
    expect(judged([0, 'a'], [1, 'b'], [2, 'c'], [3, 'd'], [9_999, 'e'], [10_000, 'f'], [10_000, 'g'])).toEqual([
      ...['allow', 'allow', 'allow', 'allow', 'FLOOD_RATE', 'allow', 'FLOOD_RATE'],
    ]));

  test('is the same said too often, whatever its case and spaces', () =>
    expect(judged([0, 'buy it'], [1, ' BUY  it'], [2, 'Búy it '], [3, 'sell it'], [10_001, 'buy it'])).toEqual([
      ...['allow', 'allow', 'FLOOD_REPETITION', 'allow', 'allow'],
    ]));

  test('leaves nothing behind that was refused for another reason', () =>
    expect(moderation.judge({ text: 'evil.com', at: 0 }, moderation.nothingSaid).recent).toEqual([]));
});

test('a message is as long as its characters, not as their halves', () => {
  expect(verdictOf('😀'.repeat(80)).verdict).toBe('allow');
  expect(verdictOf('a'.repeat(81))).toEqual({ verdict: 'refuse', reason: 'TOO_LONG' });
});

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
  fc.constantFrom(...['troll', 'a$$', '@ss', 'ba', '$', '!', ' ', 'god', 'https://', 'evil.com', '\ud800', '\u0301']),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const length = (value: string) => [...value].length;

test('whatever is said, there is a verdict: what is allowed is unchanged, what is masked keeps its length', () => {
  fc.assert(
    fc.property(text, (said) => {
      const verdict = verdictOf(said);
      if (verdict.verdict === 'allow') expect(verdict.text).toBe(said);
      if (verdict.verdict === 'mask') {
        expect(verdict.text).not.toBe(said);
        expect(length(verdict.text)).toBe(length(said));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('whatever halves and codes a text is made of, there is a verdict', () => {
  const code = fc.oneof(
    fc.nat(0xffff),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.integer({ min: 0x0300, max: 0x036f }),
  );
  fc.assert(
    fc.property(fc.array(code, { maxLength: 90 }), (codes) => {
      const { verdict } = verdictOf(String.fromCharCode(...codes));
      expect(['allow', 'mask', 'refuse']).toContain(verdict);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['dots before a letter', '.', 'x'],
  ['dots after a slash', ':////', '.x'],
  ['colons and digits', ':1', 'x'],
  ['hosts for show', 'a@', '/'],
  ['brackets', '([{', 'x'],
  ['signs', '!|', 'x'],
  ['marks', '\u0301', 'x'],
  ['halves', '\ud800', 'x'],
])(
  'a message of a million characters is refused unread, and its links can be judged all the same: %s',
  (_, part, end) => {
    const long = part.repeat(1_000_000 / part.length) + end;
    expect(verdictOf(long)).toEqual({ verdict: 'refuse', reason: 'TOO_LONG' });
    expect(typeof leadsElsewhere(long, rules.links)).toBe('boolean');
  },
);

test('masking again changes nothing', () => {
  fc.assert(
    fc.property(text, fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 4 }), (said, more) => {
      const list = wordList([...rules.masked, ...more]);
      const once = maskWords(said, list);
      expect(maskWords(once, list)).toBe(once);
      expect(length(once)).toBe(length(said));
    }),
    { numRuns: 2_000 },
  );
});

const leet: Record<string, readonly string[]> = {
  ...{ a: ['4', '@'], b: ['8'], e: ['3'], g: ['9'], i: ['1', '!', '|'], l: ['1', '|'], o: ['0'], s: ['5', '$'] },
  ...{ t: ['7', '+'] },
};
const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 8 });

test('a listed word is found by any mix of case, diacritics, leet digits and repeated letters', () => {
  const spelling = word.chain((listed) =>
    fc
      .tuple(...[...listed].map(() => fc.record({ how: fc.nat(4), more: fc.nat(3), which: fc.nat(2) })))
      .map((choices) => {
        const written = [...listed].map((letter, at) => {
          const { how, more, which } = choices[at]!;
          const others = leet[letter] ?? [letter];
          const as = [
            letter,
            letter.toUpperCase(),
            `${letter}\u0301`,
            others[which % others.length]!,
            `${letter}\u200d`,
          ];
          return as[how]!.repeat(more + 1);
        });
        return { listed, written: written.join('') };
      }),
  );
  fc.assert(
    fc.property(spelling, ({ listed, written }) => {
      expect(maskWords(`- ${written} -`, wordList([listed]))).toBe(`- ${'*'.repeat(length(written))} -`);
    }),
    { numRuns: 1_000 },
  );
});

test('a listed word with other letters before or after it is not found', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklm'), minLength: 1, maxLength: 8 });
  const others = fc.string({ unit: fc.constantFrom(...'nopqrstuvwxyz0257'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(letters, others, (listed, other) => {
      const list = wordList([listed]);
      for (const said of [`${other}${listed}`, `${listed}${other}`]) expect(maskWords(said, list)).toBe(said);
    }),
  );
});

test('what is kept of a player never grows beyond what counts', () => {
  const said = fc.array(fc.record({ wait: fc.nat(6_000), text }), { maxLength: 40 });
  fc.assert(
    fc.property(said, (each) => {
      let recent = moderation.nothingSaid;
      let at = 0;
      for (const { wait, text } of each) {
        at += wait;
        const { verdict, recent: next } = moderation.judge({ text, at }, recent);
        expect(next.length).toBeLessThanOrEqual(rules.flood.maxSaid);
        if (verdict.verdict !== 'refuse') for (const said of next) expect(at - said.at).toBeLessThan(10_000);
        recent = next;
      }
    }),
  );
});

test('a text is its characters, whatever they stand for', () => {
  fc.assert(
    fc.property(text, (said) => {
      const characters = charactersOf(said).map((each) => each.text);
      expect(characters.join('')).toBe(said);
    }),
  );
});
