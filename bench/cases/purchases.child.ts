import { createSecretKey, randomUUID } from 'node:crypto';
import type { ProductId, TenantId } from '../../src/events/ids.ts';
import { signTestReceipt } from '../../src/security/test-store.ts';
import { signWebhook } from '../../src/security/webhook-signature.ts';
import { answerQuestions } from '../harness/child.ts';
import { type HttpAnswer, type HttpConnection, openConnection } from '../harness/http-client.ts';
import { closedLoop, type Load } from '../harness/load.ts';
import { pacedLoad } from '../harness/paced-load.ts';

type Times = { readonly warmUpMs: number; readonly durationMs: number };

/** - `players`: signs in so many new devices and keeps their tokens
 *  - `buy`:     players look at what is on sale, buy and look at what they have, in a closed loop
 *  - `pay`:     so many purchases whose payments are kept for the flood
 *  - `flood`:   a provider takes the kept payments back at a steady rate, telling some twice
 *  @property connections each has one request under way
 *  @property storeKey    signs receipts; base64url */
export type PurchasesQuestion = { readonly url: string; readonly connections: number } & (
  | { readonly kind: 'players'; readonly count: number }
  | ({ readonly kind: 'buy'; readonly product: string; readonly storeKey: string } & Times)
  | { readonly kind: 'pay'; readonly product: string; readonly storeKey: string; readonly count: number }
  | ({ readonly kind: 'flood'; readonly secret: string; readonly perSecond: number } & Times)
);
/** @property purchases acknowledged ones, warm-up included */
export type BuyAnswer = { readonly load: Load; readonly purchases: number };
/** @property perSecond distinct events that the server took a second, from the first to the last
 *  @property events    all of them */
export type FloodAnswer = { readonly webhook: Load; readonly perSecond: number; readonly events: number };

const repeatEvery = 5;

const tokens: string[] = [];
const payments: string[] = [];
const connections: HttpConnection[] = [];
let connectedTo = '';

async function connect(url: string, count: number): Promise<void> {
  if (url !== connectedTo) for (const connection of connections.splice(0)) connection.close();
  connectedTo = url;
  while (connections.length < count) connections.push(await openConnection(url));
}

function expectStatus(status: number, answer: HttpAnswer): HttpAnswer {
  if (answer.status !== status) throw new Error(`the server answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** Does something so many times, on every connection at once. */
async function times(count: number, operation: (connection: HttpConnection, index: number) => Promise<unknown>) {
  let next = 0;
  const work = async (connection: HttpConnection) => {
    while (next < count) {
      next += 1;
      await operation(connection, next - 1);
    }
  };
  await Promise.all(connections.map(work));
}

async function signIn(connection: HttpConnection): Promise<void> {
  const headers = `idempotency-key: ${randomUUID()}\r\n`;
  const body = `{"device_id":"bench-${randomUUID()}"}`;
  const signedIn = expectStatus(200, await connection.request('POST', '/v1/auth/device', headers, body));
  tokens.push((JSON.parse(signedIn.body) as { session_token: string }).session_token);
}

let purchases = 0;

/** Buys, some of them twice under one key, as a client does that lost the answer. @returns the payment */
async function buy(connection: HttpConnection, token: string, product: string, storeKey: string): Promise<string> {
  const payment = randomUUID();
  const receipt = signTestReceipt(createSecretKey(storeKey, 'base64url'), {
    tenant: 'default' as TenantId,
    productId: product as ProductId,
    transactionId: payment,
    purchasedAt: new Date().toISOString(),
  });
  const headers = `authorization: Bearer ${token}\r\nidempotency-key: ${payment}\r\n`;
  const body = JSON.stringify({ product_id: product, store: 'test', receipt });
  expectStatus(201, await connection.request('POST', '/v1/purchases', headers, body));
  purchases += 1;
  if (purchases % repeatEvery === 0)
    expectStatus(201, await connection.request('POST', '/v1/purchases', headers, body));
  return payment;
}

async function goShopping(question: Extract<PurchasesQuestion, { kind: 'buy' }>): Promise<BuyAnswer> {
  const { connections: inFlight, product, storeKey } = question;
  const before = purchases;
  const free = connections.slice(0, inFlight);
  const load = await closedLoop({
    ...question,
    inFlight,
    operation: async (number) => {
      const token = tokens[number % tokens.length]!;
      const connection = free.pop()!;
      const headers = `authorization: Bearer ${token}\r\n`;
      expectStatus(200, await connection.request('GET', '/v1/products', headers, ''));
      await buy(connection, token, product, storeKey);
      expectStatus(200, await connection.request('GET', '/v1/inventory', headers, ''));
      free.push(connection);
    },
  });
  return { load, purchases: purchases - before };
}

let nextPayment = 0;

async function flood(question: Extract<PurchasesQuestion, { kind: 'flood' }>): Promise<FloodAnswer> {
  const { secret, perSecond, connections: lanes } = question;
  const first = nextPayment;
  const tell = async (connection: HttpConnection, body: string) => {
    const seconds = Math.floor(Date.now() / 1000);
    const headers = `sandai-signature: t=${seconds},v1=${signWebhook(secret, seconds, body)}\r\n`;
    expectStatus(202, await connection.request('POST', '/v1/psp/webhook', headers, body));
  };
  const startedAt = performance.now();
  const webhook = await pacedLoad({
    ...question,
    lanes,
    perSecond,
    operation: async (lane) => {
      const payment = payments[nextPayment];
      if (payment === undefined) throw new Error('there are not enough payments to take back');
      nextPayment += 1;
      const isRepeated = nextPayment % repeatEvery === 0;
      const event = { id: `evt-${payment}`, type: 'payment.charged_back', store: 'test', transaction_id: payment };
      await tell(connections[lane]!, JSON.stringify(event));
      if (isRepeated) await tell(connections[lane]!, JSON.stringify(event));
    },
  });
  const events = nextPayment - first;
  return { webhook, events, perSecond: events / ((performance.now() - startedAt) / 1000) };
}

async function answer(question: PurchasesQuestion): Promise<unknown> {
  await connect(question.url, question.connections);
  switch (question.kind) {
    case 'players':
      return times(question.count, signIn);
    case 'buy':
      return goShopping(question);
    case 'pay': {
      const { count, product, storeKey } = question;
      return times(count, async (connection, index) => {
        payments.push(await buy(connection, tokens[index % tokens.length]!, product, storeKey));
      });
    }
    case 'flood':
      return flood(question);
  }
}

answerQuestions(answer, async () => {
  for (const connection of connections) connection.close();
});
