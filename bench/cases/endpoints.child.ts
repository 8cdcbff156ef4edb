import { randomUUID } from 'node:crypto';
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { answerQuestions } from '../harness/child.ts';
import { type HttpConnection, openConnection } from '../harness/http-client.ts';
import { pacedLoad } from '../harness/paced-load.ts';
import { newPlayer, type Operation, operations, type Player, signIn } from './endpoints.operations.ts';

/** @property tokens of operators */
export type EndpointsQuestion = {
  readonly url: string;
  readonly players: number;
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly tokens: { readonly admin: string; readonly ops: string };
};
/** Times of one endpoint. @property count 0 = it was never asked */
export type EndpointTimes = { readonly count: number; readonly p95Ms: number; readonly p99Ms: number };
export type EndpointsAnswer = {
  readonly perSecond: number;
  readonly byName: Readonly<Record<string, EndpointTimes>>;
};

const players: Player[] = [];
const connections: HttpConnection[] = [];
const totalWeight = operations.reduce((sum, { weight }) => sum + weight, 0);

/** A match that ended in the meantime, a ticket that was matched: the game goes on. */
const isFine = (status: number): boolean => (status >= 200 && status < 300) || status === 409;

async function perform(
  connection: HttpConnection,
  operation: Operation,
  player: Player,
  { tokens }: Pick<EndpointsQuestion, 'tokens'>,
): Promise<number | null> {
  const request = operation.request(player, players);
  if (request === null) return null;
  const { path, auth = 'player', body } = request;
  const [method = ''] = operation.name.split(' ');
  const bearer = auth === null ? null : auth === 'player' ? player.token : tokens[auth];
  const headers = `${bearer === null ? '' : `authorization: Bearer ${bearer}\r\n`}${method === 'GET' ? '' : `idempotency-key: ${randomUUID()}\r\n`}`;
  const startedAt = performance.now();
  const answer = await connection.request(method, path, headers, body === undefined ? '' : JSON.stringify(body));
  const took = performance.now() - startedAt;
  if (!isFine(answer.status)) throw new Error(`${operation.name} was answered ${answer.status}: ${answer.body}`);
  if (answer.status < 300 || operation.name.endsWith('/command')) operation.learn?.(player, answer.status, answer.body);
  return took;
}

function choose(): Operation {
  let left = Math.random() * totalWeight;
  for (const operation of operations) {
    left -= operation.weight;
    if (left <= 0) return operation;
  }
  return signIn;
}

async function signUp(question: EndpointsQuestion): Promise<void> {
  const scores = operations.find(({ name }) => name.endsWith(`{season}/score`))!;
  while (players.length < question.players) {
    const player = newPlayer();
    players.push(player);
    connections.push(await openConnection(question.url));
    await perform(connections.at(-1)!, signIn, player, question);
    await perform(connections.at(-1)!, scores, player, question); // so that there is something around them
  }
}

async function answer(question: EndpointsQuestion): Promise<EndpointsAnswer> {
  await signUp(question);
  const histograms = new Map<string, RecordableHistogram>(operations.map(({ name }) => [name, createHistogram()]));
  const from = performance.now() + question.warmUpMs;
  const load = await pacedLoad({
    ...question,
    lanes: question.players,
    operation: async (lane) => {
      for (;;) {
        const operation = choose();
        const took = await perform(connections[lane]!, operation, players[lane]!, question);
        if (took === null) continue; // not possible for this player now
        if (performance.now() >= from) histograms.get(operation.name)?.record(Math.max(1, Math.round(took * 1000)));
        return;
      }
    },
  });
  const timesOf = (histogram: RecordableHistogram): EndpointTimes => {
    const ms = (percentile: number) => (histogram.count === 0 ? 0 : histogram.percentile(percentile) / 1000);
    return { count: histogram.count, p95Ms: ms(95), p99Ms: ms(99) };
  };
  return {
    perSecond: load.perSecond,
    byName: Object.fromEntries([...histograms].map(([name, histogram]) => [name, timesOf(histogram)])),
  };
}

answerQuestions(answer, async () => {
  for (const connection of connections) connection.close();
});
