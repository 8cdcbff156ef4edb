import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext, Outcome } from '../commands/context.ts';
import type { Handled } from '../commands/handle.ts';
import { IdempotencyGate } from '../commands/idempotency.ts';
import { RecordExists } from '../event-store/errors.ts';
import type { IdempotencyRecord, RecordKey } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { isErrorCode, statusOf } from './error-codes.ts';
import { jsonType } from './error-handler.ts';
import { fingerprint } from './fingerprint.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { encodeEvents, encodePosition } from './position.ts';
import { errorBody, Problem } from './problem.ts';
import { createRecordCodec, type Sealing } from './stored-answer.ts';
import { traceparentOf } from './traceparent.ts';

/** One write, as its route describes it.
 *  @property actor     who acts, as events name it
 *  @property principal whose idempotency keys these are; the actor when left out
 *  @property key       `required`, or `optional`
 *  @property sealing   how the stored answer is kept: `tokens` and `personal` are encrypted, tokens are repeated for minutes only
 *  @property run       the command
 *  @property answer    body of a success; called again when the command is decided anew
 *  @property playerOf  whom the answer of a success is about, where the principal is not that player: erased with the player
 *  @property status    of a success, 200 when left out
 *  @property location  Location header of a success; of its body, where that names what was made
 *  @property refusal   code for the client, where it is another one than the domain's */
export type Write<Result> = {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly principal?: string;
  readonly key: 'required' | 'optional';
  readonly sealing?: Sealing;
  readonly run: (context: CommandContext<Result>) => Promise<Handled<Result>>;
  readonly answer: (result: Result) => string;
  readonly playerOf?: (result: Result) => PlayerId;
  readonly status?: number;
  readonly location?: Location;
  readonly refusal?: (code: string) => string;
};

type Location = string | ((body: string) => string);

/** Runs a write and sends its answer: once per idempotency key, repeated byte for byte. */
export type Writer = <Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  write: Write<Result>,
) => Promise<FastifyReply>;

/** What routes with writes work with. */
export type WritingDependencies = Dependencies & { readonly write: Writer };

type Answer = { readonly status: number; readonly body: string };
type Kept = { readonly record: IdempotencyRecord; readonly position: string | null };

/** What a request brings to its write. @property at milliseconds since 1970 */
type Asked = {
  readonly key: string;
  readonly place: RecordKey;
  readonly requestHash: string;
  readonly at: number;
};

const rememberedAnswers = 20_000;

export function createWriter(dependencies: Dependencies): Writer {
  const { settings, runtime, metrics, now } = dependencies;
  const { log } = runtime;
  const { waitMs } = settings.idempotency;
  const codec = createRecordCodec(dependencies);
  const gate = new IdempotencyGate<Kept>({
    maxFinished: rememberedAnswers,
    isCurrent: ({ record }) => record.expiresAt > now(),
  });
  dependencies.erasures.onErased((tenant, playerId) =>
    gate.forget(
      ({ record }) =>
        record.tenant === tenant && (record.playerId === playerId || record.scope.startsWith(`${playerId} `)),
    ),
  );

  const positionOf = (events: readonly RecordedEvent[], changed: boolean): string | null | Promise<string> => {
    if (events.length > 0) return encodeEvents(log.info.logId, events);
    // what the answer relies on may be of any partition
    return changed ? log.positions().then((position) => encodePosition(log.info.logId, position)) : null;
  };

  const send = (
    reply: FastifyReply,
    location: Location | undefined,
    { status, body }: Answer,
    position: string | null,
  ) => {
    if (position !== null) reply.header('sandai-position', position);
    if (status === 201 && location !== undefined)
      reply.header('location', typeof location === 'string' ? location : location(body));
    if (status === 204) return reply.code(status).send();
    return reply.code(status).header('content-type', jsonType).send(body);
  };

  async function repeat<Result>(
    reply: FastifyReply,
    write: Write<Result>,
    { record, position }: Kept,
    asked: Asked,
    source: 'memory' | 'database',
  ) {
    if (record.requestHash !== asked.requestHash) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    const body = codec.open(record, write.sealing);
    metrics.replayed(source);
    reply.header('idempotency-replayed', 'true');
    const at = position ?? (await positionOf([], record.status < 300));
    return send(reply, write.location, { status: record.status, body }, at);
  }

  /** Takes the key for this call.
   *  @returns the answer of an earlier one, where there is one
   *  @throws Problem when the call at work takes too long */
  async function takeTurn(name: string): Promise<Kept | undefined> {
    const deadline = performance.now() + waitMs;
    while (!gate.enter(name)) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || !(await gate.wait(name, leftMs)))
        throw new Problem('IDEMPOTENCY_KEY_IN_USE', [], { 'retry-after': '1' });
      const kept = gate.recall(name);
      if (kept !== undefined) return kept;
    }
    return undefined;
  }

  async function withoutKey<Result>(reply: FastifyReply, write: Write<Result>, context: CommandContext<Result>) {
    const { outcome, events } = await write.run(context);
    return send(reply, write.location, answerOf(write, outcome, undefined), await positionOf(events, outcome.ok));
  }

  async function withKey<Result>(
    reply: FastifyReply,
    write: Write<Result>,
    context: CommandContext<Result>,
    asked: Asked,
  ): Promise<FastifyReply> {
    const { key, place, requestHash, at } = asked;
    const name = `${place.tenant} ${place.scope} ${key}`;
    const known = gate.recall(name) ?? (gate.enter(name) ? undefined : await takeTurn(name));
    if (known !== undefined) return repeat(reply, write, known, asked, 'memory');

    let answer: Answer | undefined;
    let answered: Outcome<Result> | undefined;
    let record: IdempotencyRecord | undefined;
    const remember = (outcome: Outcome<Result>): IdempotencyRecord | undefined => {
      answered = outcome;
      answer = answerOf(write, outcome, key);
      const playerId = outcome.ok ? write.playerOf?.(outcome.value) : undefined;
      record = isStored(answer.status)
        ? {
            ...codec.record(place, answer, requestHash, at, write.sealing),
            ...(playerId !== undefined && { playerId }),
          }
        : undefined;
      return record;
    };
    let kept: Kept | undefined;
    try {
      const { outcome, events } = await write.run({ ...context, key: place, remember });
      if (answer === undefined || answered !== outcome) answer = answerOf(write, outcome, key);
      const found = positionOf(events, outcome.ok);
      const position = typeof found === 'object' && found !== null ? await found : found;
      if (record !== undefined) kept = { record, position };
      return send(reply, write.location, answer, position);
    } catch (error) {
      if (!(error instanceof RecordExists)) throw error;
      kept = { record: error.record, position: null };
      return await repeat(reply, write, kept, asked, 'database');
    } finally {
      gate.leave(name, kept);
    }
  }

  return (request, reply, write) => {
    const { tenant, actor } = write;
    const key = idempotencyKeyOf(request);
    const at = now();
    const context = { tenant, actor, correlationId: request.id, traceparent: traceparentOf(request), now: at };
    if (key === undefined) {
      if (write.key === 'required') throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
      return withoutKey(reply, write, context);
    }
    const { method, url, route, sentBody } = request;
    const query = url.indexOf('?');
    const requestHash = fingerprint(method, query === -1 ? url : url.slice(0, query), sentBody);
    const place = { tenant, scope: `${write.principal ?? actor} ${method} ${route}`, key };
    return withKey(reply, write, context, { key, place, requestHash, at });
  };
}

/** Refusals that a later, equal request may not meet are not stored: those of the caller's rights, and of the moment. */
const unstored: ReadonlySet<number> = new Set([400, 401, 403, 413, 415, 429]);
const isStored = (status: number): boolean => status < 500 && !unstored.has(status);

function answerOf<Result>(write: Write<Result>, outcome: Outcome<Result>, key: string | undefined): Answer {
  if (outcome.ok) return { status: write.status ?? 200, body: write.answer(outcome.value) };
  const code = write.refusal === undefined ? outcome.code : write.refusal(outcome.code);
  if (!isErrorCode(code)) throw new Error(`the refusal ${code} has no entry in src/http/error-codes.ts`);
  return { status: statusOf(code), body: errorBody(code, key) };
}
