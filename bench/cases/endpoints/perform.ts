import { randomUUID } from 'node:crypto';
import type { HttpConnection } from '../../harness/http-client.ts';
import type { Caller, Operation, Player, Request, World } from './model.ts';

export type Tokens = Readonly<Record<Exclude<Caller, 'player' | 'nobody'>, string>>;

const callerOf = ({ as = 'player' }: Operation, player: Player): Caller => (typeof as === 'string' ? as : as(player));

/** Performs an operation for a player. @returns how long it took in ms; null when it cannot be asked now
 *  @throws Error on an answer that the operation does not expect */
export async function perform(
  connection: HttpConnection,
  operation: Operation,
  player: Player,
  world: World,
  tokens: Tokens,
): Promise<number | null> {
  const caller = callerOf(operation, player);
  if (caller !== 'nobody' && player.token === '') return null;
  const request: Request | null = operation.ask === undefined ? {} : operation.ask(player, world);
  if (request === null) return null;
  const [method = '', template = ''] = operation.name.split(' ');
  const path = template.replace(/\{(\w+)\}/g, (_, place: string) => encodeURIComponent(request.path?.[place] ?? ''));
  const token = caller === 'nobody' ? null : caller === 'player' ? player.token : tokens[caller];
  const headers = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(method !== 'GET' && request.raw === undefined && { 'idempotency-key': randomUUID() }),
    ...request.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const body = request.raw ?? (request.body === undefined ? '' : JSON.stringify(request.body));
  const target = request.query ? `${path}?${request.query}` : path;
  const startedAt = performance.now();
  const answer = await connection.request(method, target, lines.join(''), body);
  const took = performance.now() - startedAt;
  const said = answer.body.startsWith('{') ? JSON.parse(answer.body) : null;
  if (answer.status < 300) operation.learn?.(said, player, world, request);
  else {
    const refused = operation.refusals?.[said?.error?.code];
    if (refused === undefined) throw new Error(`${operation.name} was answered ${answer.status}: ${answer.body}`);
    refused(player, world);
  }
  return took;
}
