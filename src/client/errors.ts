import type { components } from './openapi.ts';

/** A code of docs/errors.md; a newer server may know more. */
export type ErrorCode = components['schemas']['Error']['error']['code'] | (string & {});

export type ErrorDetail = { readonly field: string; readonly problem: string };

/** What an error answer says beside its code.
 *  @property status     HTTP status
 *  @property retryAfterMs what Retry-After asked for
 *  @property requestId  X-Request-Id, for the operators */
export type Refusal = {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  readonly idempotencyKey: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
};

/** The server's answer was an error, and the last one if there were retries. `code` says which. */
export class SandaiError extends Error {
  override readonly name = 'SandaiError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly idempotencyKey: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
    this.status = refusal.status;
    this.code = refusal.code;
    this.details = refusal.details;
    this.idempotencyKey = refusal.idempotencyKey;
    this.requestId = refusal.requestId;
    this.retryAfterMs = refusal.retryAfterMs;
  }
}

/** There was no answer until the deadline. Whether the server did what it was asked is not known: the same call with the same
 *  `idempotencyKey` finds out, and does it once. */
export class SandaiUnreachable extends Error {
  override readonly name = 'SandaiUnreachable';
  readonly idempotencyKey: string | null;
  constructor(cause: unknown, idempotencyKey: string | null) {
    super('the server could not be reached', { cause });
    this.idempotencyKey = idempotencyKey;
  }
}

/** Reads the envelope of an error; an answer of something before the server (a proxy) has none. */
export function errorOf(response: Response, text: string): SandaiError {
  const { code, message, details, idempotency_key } = envelopeOf(text);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new SandaiError({
    status: response.status,
    code: code ?? `HTTP_${response.status}`,
    message: message ?? response.statusText,
    details: details ?? [],
    idempotencyKey: idempotency_key ?? null,
    requestId: response.headers.get('x-request-id'),
    retryAfterMs: seconds >= 0 ? seconds * 1000 : null,
  });
}

type Envelope = { code?: string; message?: string; details?: ErrorDetail[]; idempotency_key?: string };

function envelopeOf(text: string): Envelope {
  try {
    return (JSON.parse(text) as { error?: Envelope }).error ?? {};
  } catch {
    return {};
  }
}
