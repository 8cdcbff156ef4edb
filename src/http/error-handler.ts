import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InvalidAppend, StoreOverloaded, StoreUnavailable } from '../event-store/errors.ts';
import { PersonalDataErased } from '../ports/personal-data.ts';
import { plainError } from '../security/plain-error.ts';
import { keyToRepeat } from './idempotency-key.ts';
import { type Detail, errorBody, Problem } from './problem.ts';

export const jsonType = 'application/json; charset=utf-8';

/** Sends an error in the envelope. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type(jsonType)
    .send(errorBody(problem.code, keyToRepeat(request), problem.details));
}

const frameworkCodes: Readonly<Record<string, ConstructorParameters<typeof Problem>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_HTTP',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_BAD_URL: 'ROUTE_NOT_FOUND',
  FST_ERR_MAX_PARAM_LENGTH: 'URI_TOO_LONG',
};

const places: Readonly<Record<string, string>> = {
  body: 'body',
  params: 'path',
  querystring: 'query',
  headers: 'header',
};
const maxDetails = 20;

/** What is wrong, field by field, as zod told it to the framework. */
function detailsOf(error: FastifyError): Detail[] {
  const place = places[error.validationContext ?? ''] ?? 'request';
  return (error.validation ?? []).slice(0, maxDetails).map(({ instancePath, message }) => ({
    field: `${place}${instancePath === '/' ? '' : instancePath.replaceAll('/', '.')}`,
    problem: message ?? 'is not valid',
  }));
}

export type ErrorHandlerOptions = { readonly isOutage: (error: unknown) => boolean; readonly log: Logger };

/** The answer to an error of any origin; what nobody expected is logged and told as INTERNAL_ERROR. */
export function createErrorHandler({ isOutage, log }: ErrorHandlerOptions) {
  const problemOf = (error: unknown, request: FastifyRequest): Problem => {
    if (error instanceof Problem) return error;
    if (error instanceof StoreOverloaded || error instanceof StoreUnavailable || isOutage(error)) {
      log.error({ req_id: request.id, problem: plainError(error) }, 'the database did not take or answer a request');
      return new Problem('OVERLOADED', [], { 'retry-after': '1' });
    }
    if (error instanceof InvalidAppend)
      return new Problem('VALIDATION_FAILED', [{ field: 'body', problem: error.message }]);
    if (error instanceof PersonalDataErased) return new Problem('PLAYER_NOT_FOUND');
    const { validation, code } = (error ?? {}) as FastifyError;
    if (validation !== undefined) return new Problem('VALIDATION_FAILED', detailsOf(error as FastifyError));
    const known = frameworkCodes[code];
    if (known !== undefined) return new Problem(known);
    log.error({ req_id: request.id, problem: plainError(error) }, 'a request failed unexpectedly');
    return new Problem('INTERNAL_ERROR');
  };
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(request, reply, problemOf(error, request));
}
