import { randomUUID } from 'node:crypto';
import { answerQuestions } from '../harness/child.ts';
import { type HttpConnection, openConnection } from '../harness/http-client.ts';
import { closedLoop, type Load } from '../harness/load.ts';

/** Players each tell of full batches in a closed loop; every fifth batch is one that was told before.
 *  @property connections each has one request under way */
export type AnalyticsQuestion = {
  readonly url: string;
  readonly players: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
};
/** @property events distinct ones that were acknowledged, warm-up included */
export type AnalyticsAnswer = { readonly load: Load; readonly events: number };

const eventsInBatch = 100;
const repeatEvery = 5;
const connections: HttpConnection[] = [];
const tokens: string[] = [];

async function post(connection: HttpConnection, path: string, headers: string, body: string): Promise<string> {
  const answer = await connection.request('POST', path, headers, body);
  if (answer.status !== 200) throw new Error(`the server answered ${answer.status}: ${answer.body}`);
  return answer.body;
}

async function signIn(connection: HttpConnection): Promise<void> {
  const body = `{"device_id":"bench-${randomUUID()}"}`;
  const answer = await post(connection, '/v1/auth/device', `idempotency-key: ${randomUUID()}\r\n`, body);
  tokens.push((JSON.parse(answer) as { session_token: string }).session_token);
}

const names = ['level_started', 'level_completed', 'shop_opened', 'item_bought'];
function batch(): string {
  const now = Date.now();
  const events = Array.from({ length: eventsInBatch }, (_, index) => ({
    event_id: randomUUID(),
    name: names[index % names.length],
    at: new Date(now - (eventsInBatch - index) * 1_000).toISOString(),
    measures: { level: index, seconds: index / 2 },
    properties: { map: 'desert', weapons: ['bow', 'dagger'], note: 'as long as such things usually are' },
  }));
  return JSON.stringify({ events, sent_at: new Date(now).toISOString() });
}

async function answer(question: AnalyticsQuestion): Promise<AnalyticsAnswer> {
  while (connections.length < question.connections) connections.push(await openConnection(question.url));
  while (tokens.length < question.players) await signIn(connections[tokens.length % connections.length]!);
  const free = [...connections];
  let events = 0;
  let last: { readonly headers: string; readonly body: string } | undefined;
  const load = await closedLoop({
    ...question,
    inFlight: question.connections,
    operation: async (number) => {
      const connection = free.pop()!;
      const again = number % repeatEvery === 0 ? last : undefined;
      const headers = again?.headers ?? `authorization: Bearer ${tokens[number % tokens.length]}\r\n`;
      const body = again?.body ?? batch();
      await post(connection, '/v1/analytics/events', headers, body);
      if (again === undefined) {
        events += eventsInBatch;
        last = { headers, body };
      }
      free.push(connection);
    },
  });
  return { load, events };
}

answerQuestions(answer, async () => {
  for (const connection of connections) connection.close();
});
