import { type ErrorCode, messageOf, statusOf } from './error-codes.ts';

/** One thing that is wrong with a request. @property field for example `body.score`, `header.idempotency-key` */
export type Detail = { readonly field: string; readonly problem: string };

/** Thrown to end a request with an error answer. Expected, so it carries no stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly details: readonly Detail[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: ErrorCode, details: readonly Detail[] = [], headers: Readonly<Record<string, string>> = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(messageOf(code));
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
  get status(): number {
    return statusOf(this.code);
  }
}

/** A request that is not valid, by one field. */
export const invalid = (field: string, problem: string): Problem =>
  new Problem('VALIDATION_FAILED', [{ field, problem }]);

/** Text of the error envelope: the form of every error but those of /readyz. */
export function errorBody(code: ErrorCode, idempotencyKey?: string, details: readonly Detail[] = []): string {
  return JSON.stringify({
    error: {
      code,
      message: messageOf(code),
      ...(idempotencyKey === undefined ? {} : { idempotency_key: idempotencyKey }),
      ...(details.length === 0 ? {} : { details }),
    },
  });
}
