import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Access } from './access.ts';
import { errorsOf } from './contract-errors.ts';
import { type ErrorCode, errorCodes, messageOf, statusOf } from './error-codes.ts';
import { completeDocument } from './openapi-document.ts';
import { type Detail, errorBody } from './problem.ts';
import type { Contract } from './route.ts';

const errorSchema = (codes: readonly ErrorCode[]) => ({
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: [...codes] },
        message: { type: 'string' },
        idempotency_key: { type: 'string', description: 'The key that the request carried.' },
        details: {
          type: 'array',
          items: {
            type: 'object',
            required: ['field', 'problem'],
            properties: { field: { type: 'string' }, problem: { type: 'string' } },
          },
        },
      },
    },
  },
});

const fieldProblem: readonly Detail[] = [{ field: 'body', problem: 'must be an object' }];

/** An answer for each code, as it is sent. */
const errorExamples = (codes: readonly ErrorCode[], key: string | undefined) =>
  Object.fromEntries(
    codes.map((code) => {
      const details = code === 'VALIDATION_FAILED' ? fieldProblem : [];
      const repeated = code === 'IDEMPOTENCY_KEY_REQUIRED' || code === 'IDEMPOTENCY_KEY_MISMATCH' ? undefined : key;
      return [code, { summary: messageOf(code), value: JSON.parse(errorBody(code, repeated, details)) }];
    }),
  );

const exampleKey = 'attempt-7f3a';

const retryAfter = {
  'Retry-After': { type: 'string', description: 'Seconds to wait before the next attempt.', example: '1' },
};
const challenge = { 'WWW-Authenticate': { type: 'string', description: 'Bearer.', example: 'Bearer' } };
const errorHeaders: Readonly<Record<number, object>> = { 401: challenge, 429: retryAfter, 503: retryAfter };

function errorResponses(codes: ReadonlySet<ErrorCode>, key: string | undefined): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, alike]) => [
      status,
      {
        description: alike.map((code) => `\`${code}\`: ${messageOf(code)}`).join('; '),
        headers: errorHeaders[status] ?? {},
        content: { 'application/json': { schema: errorSchema(alike), examples: errorExamples(alike, key) } },
      },
    ]),
  );
}

const examplePosition = 'b7d177bd-c7af-48ff-a775-98b603db6d80.5-1';

type HeaderSchema = { type: 'string'; description: string; example?: string; pattern?: string };

function requestHeaders({ idempotency, waitsFor, ifMatch, clientKey }: Contract) {
  const properties: Record<string, HeaderSchema> = {};
  if (idempotency !== undefined)
    properties['Idempotency-Key'] = {
      type: 'string',
      description: `1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.${idempotency === 'required' ? ' Required, here or as `idempotency_key` in the body.' : ''}`,
      pattern: '^[!-~]{1,255}$',
      example: exampleKey,
    };
  if (waitsFor)
    properties['Sandai-Wait-For'] = {
      type: 'string',
      description: 'A Sandai-Position: the read waits up to a second until it shows that write.',
      example: examplePosition,
    };
  if (ifMatch)
    properties['If-Match'] = {
      type: 'string',
      description: 'Required: the version that was read, as its ETag has it; `"0"` where there is none yet.',
      pattern: '^("\\d{1,15}"|\\d{1,15})$',
      example: '"3"',
    };
  if (clientKey)
    properties['X-Client-Key'] = {
      type: 'string',
      description: "The tenant's public client key; without it the tenant `default` is meant.",
      example: 'ck_2f6b8c0d4e1a',
    };
  return Object.keys(properties).length === 0 ? {} : { headers: { type: 'object', properties } };
}

const responseHeaders = ({ idempotency, waitsFor }: Contract) => ({
  ...(idempotency && {
    'Sandai-Position': {
      type: 'string',
      description: 'Place in the log, for Sandai-Wait-For.',
      example: examplePosition,
    },
    'Idempotency-Replayed': { type: 'string', enum: ['true'], description: 'On a repeated answer.' },
  }),
  ...(waitsFor && {
    ETag: { type: 'string', description: 'For If-None-Match; 304 when nothing changed.' },
  }),
});

const noSecurity: readonly never[] = [];

/** Adds to a route's schema what its contract says: headers, every error, and who may call it. */
const transform: SwaggerTransform = (document) => {
  const { schema, url } = jsonSchemaTransform(document as Parameters<typeof jsonSchemaTransform>[0]);
  const config = document.route.config as { access?: Access; contract?: Contract } | undefined;
  const { access, contract = {} } = config ?? {};
  if (access === undefined || schema === undefined || schema['hide'] === true) return { schema, url } as never;
  const shape = schema as Record<string, unknown> & { response?: Record<string, Record<string, unknown>> };
  const { body, params, querystring } = shape;
  const codes = errorsOf({
    access,
    contract,
    takesBody: body !== undefined || document.route.method !== 'GET', // one that is not asked for is parsed all the same
    takesInput: Boolean(params || querystring),
  });
  const errors = errorResponses(codes, contract.idempotency === undefined ? undefined : exampleKey);
  const success = Object.fromEntries(
    Object.entries(shape.response ?? {}).map(([status, own]) => [
      status,
      'content' in own
        ? own
        : own['type'] === 'null'
          ? { description: 'Done', type: 'null', headers: responseHeaders(contract) }
          : {
              description: 'Done',
              headers: responseHeaders(contract),
              content: { 'application/json': { schema: own } },
            },
    ]),
  );
  const cached = contract.waitsFor ? { 304: { description: 'Not modified', type: 'null' } } : {};
  return {
    schema: {
      ...shape,
      ...requestHeaders(contract),
      response: { ...errors, ...cached, ...success },
      security: access.rights.length === 0 ? noSecurity : [{ bearer: [] }],
      ...(access.rights.length > 0 && {
        description: [shape['description'], `For: ${access.rights.map((right) => `\`${right}\``).join(', ')}.`]
          .filter(Boolean)
          .join(' '),
      }),
    },
    url,
  } as never;
};

/** How the OpenAPI document is made from the routes. */
export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Sandai',
      version: '1',
      description:
        'Event-sourced backend for multiplayer games. Every error has the same envelope; docs/errors.md lists all codes. Writes take an Idempotency-Key: the same key with the same request is executed once and answered alike.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      schemas: { Error: errorSchema(Object.keys(errorCodes) as ErrorCode[]) as never },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A session token, an operator token or a service key.' },
      },
    },
    tags: [
      { name: 'auth', description: 'Signing in' },
      { name: 'profile', description: 'The player' },
      { name: 'seasons', description: 'Seasons' },
      { name: 'tournaments', description: 'Seasons that come again' },
      { name: 'leaderboards', description: 'Scores and boards' },
      { name: 'analytics', description: 'What players do, and what follows from it' },
      { name: 'bots', description: 'Telegram bots' },
      { name: 'economy', description: 'Products, purchases, and what players have' },
      { name: 'notifications', description: 'What players are told' },
      { name: 'groups', description: 'Players who belong together' },
      { name: 'parties', description: 'Players who play together for now' },
      { name: 'experiments', description: 'Experiments, and what the game is configured with' },
      { name: 'matchmaking', description: 'Queueing for a match' },
      { name: 'matches', description: 'Matches and what is done in them' },
      { name: 'operations', description: 'For operators and their tools' },
    ],
  },
  transform,
  transformObject: (document) =>
    'openapiObject' in document ? completeDocument(document.openapiObject) : document.swaggerObject,
  hideUntagged: false,
};
