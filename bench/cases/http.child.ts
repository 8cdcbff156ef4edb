import { randomUUID } from 'node:crypto';
import { answerQuestions } from '../harness/child.ts';
import { type HttpAnswer, type HttpConnection, openConnection } from '../harness/http-client.ts';
import { closedLoop, type Load } from '../harness/load.ts';
import { pacedLoad } from '../harness/paced-load.ts';

type Times = { readonly warmUpMs: number; readonly durationMs: number };

/** What the load generator can be asked.
 *  @property url        of the server
 *  @property connections each has one request under way
 *  - `players`: signs in that many new devices and keeps their tokens; answers how many it keeps
 *  - `sign-in`: first sign-ins of new devices in a closed loop
 *  - `scores`:  scores of the kept players in a closed loop
 *  - `ranks`:   scores at a steady rate and, on connections of their own, reads around a random player of `readers` at another
 *  - `ceiling`: what the generator itself reaches against a server that does nothing */
export type HttpQuestion = { readonly url: string; readonly connections: number } & (
  | { readonly kind: 'players'; readonly count: number }
  | ({ readonly kind: 'sign-in' } & Times)
  | ({ readonly kind: 'ceiling' } & Times)
  | ({ readonly kind: 'scores'; readonly season: string } & Times)
  | ({
      readonly kind: 'ranks';
      readonly season: string;
      readonly writesPerSecond: number;
      readonly readsPerSecond: number;
      readonly around: readonly string[];
    } & Times)
);
export type RanksAnswer = { readonly writes: Load; readonly reads: Load };

const tokens: string[] = [];
const connections: HttpConnection[] = [];
let connectedTo = '';

async function connect(url: string, count: number): Promise<void> {
  if (url !== connectedTo) for (const connection of connections.splice(0)) connection.close();
  connectedTo = url;
  while (connections.length < count) connections.push(await openConnection(url));
}

const expectOk = (answer: HttpAnswer): HttpAnswer => {
  if (answer.status !== 200) throw new Error(`the server answered ${answer.status}: ${answer.body}`);
  return answer;
};

/** Runs an operation on whichever connection is free; a closed loop never has more under way than there are. */
const onFree = (count: number, operation: (connection: HttpConnection) => Promise<unknown>) => {
  const free = connections.slice(0, count);
  return async () => {
    const connection = free.pop()!;
    await operation(connection);
    free.push(connection);
  };
};

const signIn = async (connection: HttpConnection) =>
  expectOk(
    await connection.request(
      'POST',
      '/v1/auth/device',
      `idempotency-key: ${randomUUID()}\r\n`,
      `{"device_id":"bench-${randomUUID()}"}`,
    ),
  );

async function addPlayers(count: number): Promise<number> {
  let left = count - tokens.length;
  const worker = async (connection: HttpConnection) => {
    while (left > 0) {
      left -= 1;
      const { body } = await signIn(connection);
      tokens.push((JSON.parse(body) as { session_token: string }).session_token);
    }
  };
  await Promise.all(connections.map(worker));
  return tokens.length;
}

let player = 0;
const submit = (season: string) => async (connection: HttpConnection) => {
  player = (player + 1) % tokens.length;
  expectOk(
    await connection.request(
      'POST',
      `/v1/leaderboards/${season}/score`,
      `authorization: Bearer ${tokens[player]}\r\nidempotency-key: ${randomUUID()}\r\n`,
      `{"score":${Math.floor(Math.random() * 1_000_000)},"metadata":{"level":3}}`,
    ),
  );
};

async function answer(question: HttpQuestion): Promise<unknown> {
  await connect(question.url, question.connections);
  const { connections: inFlight } = question;
  switch (question.kind) {
    case 'players':
      return addPlayers(question.count);
    case 'sign-in':
      return closedLoop({ ...question, inFlight, operation: onFree(inFlight, signIn) });
    case 'ceiling':
    case 'scores': {
      const season = question.kind === 'scores' ? question.season : 'none';
      return closedLoop({ ...question, inFlight, operation: onFree(inFlight, submit(season)) });
    }
    case 'ranks': {
      const { season, around, writesPerSecond, readsPerSecond } = question;
      const readers = 8;
      const write = submit(season);
      const read = async (connection: HttpConnection) => {
        const playerId = around[Math.floor(Math.random() * around.length)];
        const path = `/v1/leaderboards/${season}/around/${playerId}?limit=1`;
        expectOk(await connection.request('GET', path, `authorization: Bearer ${tokens[0]}\r\n`, ''));
      };
      const [writes, reads] = await Promise.all([
        pacedLoad({
          ...question,
          perSecond: writesPerSecond,
          lanes: inFlight - readers,
          operation: (lane) => write(connections[lane]!),
        }),
        pacedLoad({
          ...question,
          perSecond: readsPerSecond,
          lanes: readers,
          operation: (lane) => read(connections[inFlight - readers + lane]!),
        }),
      ]);
      return { writes, reads } satisfies RanksAnswer;
    }
  }
}

answerQuestions(answer, async () => {
  for (const connection of connections) connection.close();
});
