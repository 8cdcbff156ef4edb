import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import vectors from '../../docs/assignment-vectors.json' with { type: 'json' };
import type { AssignableExperiment } from '../../src/aggregates/assignment.ts';
import { assign } from '../../src/aggregates/assignment.ts';
import { commonTopLevels } from '../../src/aggregates/chat-links.ts';
import { type ChatRules, chatModeration } from '../../src/aggregates/chat-moderation.ts';
import { playerNumber, running } from '../aggregates/experiment-examples.ts';
import { es5Bundle } from '../support/es5-bundle.ts';
import { buildGoja, type Goja } from './goja.ts';

let built: Goja | string;
beforeAll(async () => {
  built = await buildGoja();
}, 600_000);
afterAll(() => {
  if (typeof built === 'object') built.remove();
});

/** The engine. Where it cannot be had the test is skipped, but not in continuous integration. */
function engine({ skip }: TestContext): Goja {
  if (typeof built === 'object') return built;
  if (process.env['CI'] === undefined) skip(built);
  throw new Error(built);
}

const assignments = (script: string, all: readonly (readonly unknown[])[]) => ({
  script,
  function: 'assignment.assign',
  inputs: all,
});

test('assignments are in Goja what the vectors say', async (context) => {
  const script = await es5Bundle('aggregates/assignment.ts', 'assignment');
  const inputs = vectors.assignments.map(({ experiment, player, attributes, at }) => [
    experiment,
    player,
    attributes,
    at,
  ]);
  expect(engine(context).call(assignments(script, inputs))).toEqual(vectors.assignments.map(({ result }) => result));
});

test('hashes and buckets are in Goja what the vectors say', async (context) => {
  const script = await es5Bundle('aggregates/bucket.ts', 'bucket');
  const goja = engine(context);
  const hashes = vectors.hash.map(({ text, seed }) => [text, seed]);
  expect(goja.call({ script, function: 'bucket.murmur3', inputs: hashes })).toEqual(
    vectors.hash.map(({ hash }) => hash),
  );
  const buckets = vectors.buckets.map(({ purpose, player }) => [purpose, player]);
  expect(goja.call({ script, function: 'bucket.bucketOf', inputs: buckets })).toEqual(
    vectors.buckets.map(({ bucket }) => bucket),
  );
});

test('3,000 players are in Goja in the cohorts that the façade puts them in', async (context) => {
  const script = await es5Bundle('aggregates/assignment.ts', 'assignment');
  const layer = { layer: 'shop', from: 500, to: 9_000, holdout: 700 };
  const experiments: readonly AssignableExperiment[] = [
    running(),
    running({ experiment: 'élan/🎲', layer, ramp: 4_000 }),
  ];
  const asked = Array.from({ length: 3_000 }, (_, n) => [experiments[n % 2]!, playerNumber(n), {}, 0] as const);
  expect(engine(context).call(assignments(script, asked))).toEqual(asked.map((input) => assign(...input)));
});

const rules: ChatRules = {
  maxLength: 40,
  masked: ['troll', 'ass', 'god', 'Blödmann'],
  unharmed: ['good'],
  flood: { windowMs: 10_000, maxSaid: 4, maxRepeats: 2 },
  links: { allowedHosts: ['sandai.example'], topLevels: commonTopLevels },
};
const conversations = [
  ['you TROLL!', 'tr0l1', 'good god goood', 'ａｓｓ 𝐚𝐬𝐬 aß'],
  ['bloedmann BLÖDMANN blo\u0308dmann', '_ass_ (ass) ass😀', 'a\u200bss', 'Scunthorpe, class'],
  ['see sandai.example', 'see evil.com', 'evil . com', 'http://1.2.3.4/x', 'ｅｖｉｌ．ｃｏｍ'],
  ['hi', 'hi', 'hi', 'hi'],
  ['1', '2', '3', '4', '5', '6'],
  ['x'.repeat(41), '😀'.repeat(40), 'пётр и ёж', 'ﷺ', ''],
];
const messagesOf = (texts: readonly string[]) => texts.map((text, index) => ({ text, at: index * 1_000 }));

test('what is said in a chat is judged in Goja as it is here', async (context) => {
  const script = await es5Bundle('aggregates/chat-moderation.ts', 'chat');
  const judged = (moderation: ReturnType<typeof chatModeration>, texts: readonly string[]) => {
    let recent = moderation.nothingSaid;
    return messagesOf(texts).map((message) => {
      const { verdict, recent: next } = moderation.judge(message, recent);
      recent = next;
      return verdict;
    });
  };
  const inGoja = `function (rules, messages) {
    var moderation = chat.chatModeration(rules), recent = moderation.nothingSaid;
    return messages.map(function (message) {
      var judged = moderation.judge(message, recent);
      recent = judged.recent;
      return judged.verdict;
    });
  }`;
  const inputs = conversations.map((texts) => [rules, messagesOf(texts)]);
  expect(engine(context).call({ script, function: inGoja, inputs })).toEqual(
    conversations.map((texts) => judged(chatModeration(rules), texts)),
  );
});
