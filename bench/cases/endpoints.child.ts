import { createSecretKey } from 'node:crypto';
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProductId, TenantId } from '../../src/events/ids.ts';
import { signTestReceipt } from '../../src/security/test-store.ts';
import { signWebhook } from '../../src/security/webhook-signature.ts';
import { answerQuestions } from '../harness/child.ts';
import { type HttpConnection, openConnection } from '../harness/http-client.ts';
import { pacedLoad } from '../harness/paced-load.ts';
import { newPlayer, signIn } from './endpoints/account.ts';
import {
  archivedSeason,
  experiment,
  type Operation,
  type Player,
  product,
  season,
  type World,
} from './endpoints/model.ts';
import { operations } from './endpoints/operations.ts';
import { type Outside, startOutside } from './endpoints/outside.ts';
import { perform, type Tokens } from './endpoints/perform.ts';

/** @property bot, psp, store base64url: what updates, events and receipts are signed with */
export type Secrets = { readonly bot: string; readonly psp: string; readonly store: string };

/** - `listen`:  starts what the server calls outside; answers its URL
 *  - `sign-up`: makes players, each with a score in the open season and in the one that is archived
 *  - `play`:    the players do what players do, at a steady rate */
export type EndpointsQuestion =
  | { readonly kind: 'listen' }
  | {
      readonly kind: 'sign-up';
      readonly url: string;
      readonly players: number;
      readonly tokens: Tokens;
      readonly secrets: Secrets;
    }
  | {
      readonly kind: 'play';
      readonly url: string;
      readonly perSecond: number;
      readonly warmUpMs: number;
      readonly durationMs: number;
    };
/** Times of one endpoint. @property count 0 = it was never asked */
export type EndpointTimes = { readonly count: number; readonly p95Ms: number; readonly p99Ms: number };
export type EndpointsAnswer = {
  readonly perSecond: number;
  readonly byName: Readonly<Record<string, EndpointTimes>>;
};

type SignUp = Extract<EndpointsQuestion, { kind: 'sign-up' }>;
type Play = Extract<EndpointsQuestion, { kind: 'play' }>;

let outside: Outside | undefined;
let world: World;
let tokens: Tokens;
const players: Player[] = [];
const connections: HttpConnection[] = [];
const totalWeight = operations.reduce((sum, { weight }) => sum + weight, 0);

function worldOf({ store, psp, bot }: Secrets): World {
  const storeKey = createSecretKey(store, 'base64url');
  return {
    players,
    codes: outside!.codes,
    idToken: outside!.idToken,
    botSecret: bot,
    signReceipt: (payment) =>
      signTestReceipt(storeKey, {
        tenant: 'default' as TenantId,
        productId: product as ProductId,
        transactionId: payment,
        purchasedAt: new Date().toISOString(),
      }),
    signWebhook(body) {
      const seconds = Math.floor(Date.now() / 1_000);
      return `t=${seconds},v1=${signWebhook(psp, seconds, body)}`;
    },
    groups: [],
    seasons: [],
    tournaments: [],
    products: [],
    experiments: new Map(),
    configured: new Map([[experiment, 1]]),
    templates: [],
    notifications: [],
    deadSendings: [],
    deadCommands: [],
    deadLetters: [],
    updates: 0,
  };
}

async function signUp(question: SignUp): Promise<void> {
  world = worldOf(question.secrets);
  tokens = question.tokens;
  const scoreIn = (name: string): Operation => ({
    name: 'POST /v1/leaderboards/{season}/score',
    weight: 0,
    ask: () => ({ path: { season: name }, body: { score: players.length } }),
  });
  const connection = await openConnection(question.url);
  while (players.length < question.players) {
    const player = newPlayer();
    for (const operation of [signIn, scoreIn(season), scoreIn(archivedSeason)])
      await perform(connection, operation, player, world, tokens);
    players.push(player);
  }
  await verifyAddresses(connection);
  connection.close();
}

/** Every fourth player has an address that is verified. */
async function verifyAddresses(connection: HttpConnection): Promise<void> {
  const named = (name: string) => operations.find((operation) => operation.name === name)!;
  const [claim, verify] = [named('POST /v1/auth/email'), named('POST /v1/auth/email/verify')];
  for (const [lane, player] of players.entries()) {
    if (lane % 4 > 0) continue;
    const ask = (operation: Operation) => perform(connection, operation, player, world, tokens);
    await ask(claim);
    while ((await ask(verify)) === null) await sleep(5); // until the code is mailed
  }
}

function choose({ token }: Player): Operation {
  if (token === '') return signIn;
  let left = Math.random() * totalWeight;
  for (const operation of operations) {
    left -= operation.weight;
    if (left <= 0) return operation;
  }
  return signIn;
}

async function play(question: Play): Promise<EndpointsAnswer> {
  const histograms = new Map<string, RecordableHistogram>(operations.map(({ name }) => [name, createHistogram()]));
  const unexpected = new Map<string, Error>();
  while (connections.length < players.length) connections.push(await openConnection(question.url));
  const from = performance.now() + question.warmUpMs;
  const load = await pacedLoad({
    ...question,
    lanes: players.length,
    operation: async (lane) => {
      for (;;) {
        const operation = choose(players[lane]!);
        const took = await perform(connections[lane]!, operation, players[lane]!, world, tokens).catch((error) => {
          unexpected.set(operation.name, error);
          return 0;
        });
        if (took === null) continue; // not possible for this player now
        if (performance.now() >= from) histograms.get(operation.name)?.record(Math.max(1, Math.round(took * 1000)));
        return;
      }
    },
  });
  if (unexpected.size > 0) throw new AggregateError(unexpected.values(), [...unexpected.values()].join('\n'));
  const timesOf = (histogram: RecordableHistogram): EndpointTimes => {
    const ms = (percentile: number) => (histogram.count === 0 ? 0 : histogram.percentile(percentile) / 1000);
    return { count: histogram.count, p95Ms: ms(95), p99Ms: ms(99) };
  };
  return {
    perSecond: load.perSecond,
    byName: Object.fromEntries([...histograms].map(([name, histogram]) => [name, timesOf(histogram)])),
  };
}

answerQuestions(
  async (question: EndpointsQuestion) => {
    if (question.kind === 'sign-up') return signUp(question);
    if (question.kind === 'play') return play(question);
    outside = await startOutside();
    return outside.url;
  },
  async () => {
    for (const connection of connections) connection.close();
    outside?.close();
  },
);
