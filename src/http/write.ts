import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext, Outcome } from '../commands/context.ts';
import type { Handled } from '../commands/handle.ts';
import { IdempotencyGate } from '../commands/idempotency.ts';
import { RecordExists } from '../event-store/errors.ts';
import type { IdempotencyRecord } from '../event-store/port.ts';
import type { TenantId } from '../events/ids.ts';
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
 *  @property status    of a success, 200 when left out
 *  @property location  Location header of a success
 *  @property refusal   code for the client, where it is another one than the domain's */
export type Write<Result> = {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly principal?: string;
  readonly key: 'required' | 'optional';
  readonly sealing?: Sealing;
  readonly run: (context: CommandContext<Result>) => Promise<Handled<Result>>;
  readonly answer: (result: Result) => string;
  readonly status?: number;
  readonly location?: string;
  readonly refusal?: (code: string) => string;
};

type Answer = { readonly status: number; readonly body: string };
type Ran = { readonly answer: Answer; readonly position: string | null };
type Kept = { readonly record: IdempotencyRecord; readonly position: string | null };

/** Runs a write and sends its answer: once per idempotency key, repeated byte for byte. */
export type Writer = <Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  write: Write<Result>,
) => Promise<FastifyReply>;

const rememberedAnswers = 20_000;

/** Refusals that a later, equal request may not meet: of the caller's rights, and of the moment. */
const isStored = (status: number): boolean => status < 500 && ![400, 401, 403, 413, 415, 429].includes(status);

export function createWriter(dependencies: Dependencies): Writer {
  const { settings, runtime, metrics, now } = dependencies;
  const { log } = runtime;
  const codec = createRecordCodec(dependencies);
  const gate = new IdempotencyGate<Kept>({
    waitMs: settings.idempotency.waitMs,
    maxFinished: rememberedAnswers,
    isCurrent: ({ record }) => record.expiresAt > now(),
  });

  async function execute<Result>(
    write: Write<Result>,
    context: CommandContext<Result>,
    answerTo: (outcome: Outcome<Result>) => Answer,
  ): Promise<Ran> {
    const { outcome, events } = await write.run(context);
    const answer = answerTo(outcome);
    if (events.length > 0) return { answer, position: encodeEvents(log.info.logId, events) };
    // nothing changed, so the state that the caller has now proof of may be anybody's
    return { answer, position: outcome.ok ? encodePosition(log.info.logId, await log.positions()) : null };
  }

  function send<Result>(reply: FastifyReply, write: Write<Result>, { status, body }: Answer, position: string | null) {
    if (position !== null) reply.header('sandai-position', position);
    if (status === 201 && write.location !== undefined) reply.header('location', write.location);
    return reply.code(status).type(jsonType).send(body);
  }

  async function repeat<Result>(
    reply: FastifyReply,
    write: Write<Result>,
    { record, position }: Kept,
    requestHash: string,
    source: 'memory' | 'database',
  ): Promise<FastifyReply> {
    if (record.requestHash !== requestHash) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    const body = codec.open(record, write.sealing);
    metrics.replayed(source);
    reply.header('idempotency-replayed', 'true');
    const at = position ?? (record.status < 300 ? encodePosition(log.info.logId, await log.positions()) : null);
    return send(reply, write, { status: record.status, body }, at);
  }

  return async <Result>(request: FastifyRequest, reply: FastifyReply, write: Write<Result>) => {
    const { tenant, actor } = write;
    const key = idempotencyKeyOf(request);
    if (key === undefined && write.key === 'required') throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
    const at = now();

    let latest: { readonly outcome: Outcome<Result>; readonly answer: Answer } | undefined;
    const answerTo = (outcome: Outcome<Result>): Answer => {
      if (latest?.outcome === outcome) return latest.answer;
      const answer = outcome.ok
        ? { status: write.status ?? 200, body: write.answer(outcome.value) }
        : refusalAnswer(write.refusal?.(outcome.code) ?? outcome.code, key);
      latest = { outcome, answer };
      return answer;
    };
    const context: CommandContext<Result> = {
      tenant,
      actor,
      correlationId: request.id,
      traceparent: traceparentOf(request),
      now: at,
    };
    if (key === undefined) {
      const { answer, position } = await execute(write, context, answerTo);
      return send(reply, write, answer, position);
    }

    const scope = `${write.principal ?? actor} ${request.method} ${request.route}`;
    const path = request.url.split('?', 1)[0]!;
    const requestHash = fingerprint(request.method, path, request.sentBody);
    const place = { tenant, scope, key };
    let record: IdempotencyRecord | undefined;
    const remember = (outcome: Outcome<Result>): IdempotencyRecord | undefined => {
      const { status, body } = answerTo(outcome);
      record = isStored(status) ? codec.record(place, { status, body, requestHash, at }, write.sealing) : undefined;
      return record;
    };
    const name = `${tenant} ${scope} ${key}`;
    try {
      const gated = await gate.run(name, async () => {
        const value = await execute(write, { ...context, key: place, remember }, answerTo);
        return { value, kept: record === undefined ? null : { record, position: value.position } };
      });
      if (gated.kind === 'ran') return send(reply, write, gated.value.answer, gated.value.position);
      if (gated.kind === 'busy') throw new Problem('IDEMPOTENCY_KEY_IN_USE', [], { 'retry-after': '1' });
      return await repeat(reply, write, gated.kept, requestHash, 'memory');
    } catch (error) {
      if (!(error instanceof RecordExists)) throw error;
      return await repeat(reply, write, { record: error.record, position: null }, requestHash, 'database');
    }
  };
}

function refusalAnswer(code: string, key: string | undefined): Answer {
  if (!isErrorCode(code)) throw new Error(`the refusal ${code} has no entry in src/http/error-codes.ts`);
  return { status: statusOf(code), body: errorBody(code, key) };
}
