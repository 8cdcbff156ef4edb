import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions } from '../harness/child.ts';
import { type HttpConnection, openConnection } from '../harness/http-client.ts';
import type { Load } from '../harness/load.ts';
import { pacedLoad } from '../harness/paced-load.ts';

/** - `listen`: starts a Bot API; answers its URL
 *  - `flood`:  brings updates at a steady rate, some twice, and waits for the bot's answers */
export type FloodQuestion =
  | { readonly kind: 'listen' }
  | {
      readonly kind: 'flood';
      readonly url: string;
      readonly secret: string;
      readonly perSecond: number;
      readonly warmUpMs: number;
      readonly durationMs: number;
      readonly people: number;
    };

/** @property perSecond distinct updates that the server took a second, from the first to the last
 *  @property updates all of them
 *  @property lost    those that got no answer; @property doubled answers beyond the first one of an update
 *  @property drainMs from the last update until the last answer */
export type FloodAnswer = {
  readonly webhook: Load;
  readonly perSecond: number;
  readonly updates: number;
  readonly lost: number;
  readonly doubled: number;
  readonly drainMs: number;
};

const lanes = 32;
const repeatEvery = 5;
const longestDrainMs = 60_000;

// the bot answers into the chat that asked; each update comes from a chat of its own
const answers = new Map<number, number>();
let lastAnswerAt = 0;
const botApi = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const { chat_id } = JSON.parse(text) as { chat_id: number };
  answers.set(chat_id, (answers.get(chat_id) ?? 0) + 1);
  lastAnswerAt = performance.now();
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
});
let nextUpdate = 1;
const open: HttpConnection[] = [];

async function flood(question: Extract<FloodQuestion, { kind: 'flood' }>): Promise<FloodAnswer> {
  const { url, secret, perSecond, people } = question;
  while (open.length < lanes) open.push(await openConnection(url));
  const first = nextUpdate;
  const startedAt = performance.now();
  const bring = async (connection: HttpConnection, update: number) => {
    const from = { id: 1 + (update % people) };
    const body = JSON.stringify({
      update_id: update,
      message: { text: '/help', chat: { id: update, type: 'private' }, from },
    });
    const headers = `x-telegram-bot-api-secret-token: ${secret}\r\n`;
    const answer = await connection.request('POST', '/v1/bot/webhook', headers, body);
    if (answer.status !== 202) throw new Error(`the webhook answered ${answer.status}: ${answer.body}`);
  };
  const webhook = await pacedLoad({
    ...question,
    lanes,
    perSecond,
    operation: async (lane) => {
      const update = nextUpdate;
      nextUpdate += 1;
      await bring(open[lane]!, update);
      if (update % repeatEvery === 0) await bring(open[lane]!, update);
    },
  });
  const endedAt = performance.now();
  const updates = Array.from({ length: nextUpdate - first }, (_, n) => first + n);
  const missing = () => updates.filter((update) => !answers.has(update)).length;
  while (missing() > 0 && performance.now() - endedAt < longestDrainMs)
    await new Promise((resolve) => setTimeout(resolve, 20));
  // what comes twice comes late
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return {
    webhook,
    perSecond: updates.length / ((endedAt - startedAt) / 1000),
    updates: updates.length,
    lost: missing(),
    doubled: updates.reduce((sum, update) => sum + Math.max(0, (answers.get(update) ?? 0) - 1), 0),
    drainMs: Math.max(0, lastAnswerAt - endedAt),
  };
}

answerQuestions(
  async (question: FloodQuestion) => {
    if (question.kind === 'flood') return flood(question);
    await new Promise<void>((resolve) => botApi.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(botApi.address() as AddressInfo).port}`;
  },
  async () => {
    for (const connection of open) connection.close();
    botApi.closeAllConnections();
    botApi.close();
  },
);
