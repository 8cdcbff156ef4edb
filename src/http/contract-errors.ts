import type { Access } from './access.ts';
import type { ErrorCode } from './error-codes.ts';
import type { Contract } from './route.ts';

const everywhere: readonly ErrorCode[] = ['RATE_LIMITED', 'OVERLOADED', 'INTERNAL_ERROR'];
const ofToken: readonly ErrorCode[] = ['UNAUTHENTICATED', 'TOKEN_EXPIRED'];
const ofBody: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];
const ofKey: readonly ErrorCode[] = ['IDEMPOTENCY_KEY_MISMATCH', 'IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'];

/** Codes that no route has: they answer what meets none, or is no request at all. */
export const errorsOutsideRoutes: readonly ErrorCode[] = [
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'MALFORMED_HTTP',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'URI_TOO_LONG',
];

/** What a route says of itself. @property takesBody whether a body that is sent is looked at @property takesInput whether it has a query, path parameters or a body */
export type RouteFacts = {
  readonly access: Access;
  readonly contract: Contract;
  readonly takesBody: boolean;
  readonly takesInput: boolean;
};

/** Every code that a route can answer with. */
export function errorsOf({ access, contract, takesBody, takesInput }: RouteFacts): ReadonlySet<ErrorCode> {
  const codes = new Set<ErrorCode>(access.unlimited ? ['INTERNAL_ERROR', 'OVERLOADED'] : everywhere);
  const add = (more: readonly ErrorCode[]) => {
    for (const code of more) codes.add(code);
  };
  // a token that does not count is refused also where none is needed
  add(ofToken);
  if (access.rights.length > 0) codes.add('FORBIDDEN');
  if (takesInput) codes.add('VALIDATION_FAILED');
  if (takesBody) add(ofBody);
  if (contract.idempotency !== undefined) add(ofKey);
  if (contract.idempotency === 'required') codes.add('IDEMPOTENCY_KEY_REQUIRED');
  if (contract.waitsFor) add(['VALIDATION_FAILED', 'LOG_REPLACED', 'READ_MODEL_BEHIND']);
  add(contract.errors ?? []);
  return codes;
}
