import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Access } from './access.ts';
import { errorsOf } from './contract-errors.ts';
import { type ErrorCode, errorCodes, messageOf, statusOf } from './error-codes.ts';
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
  example: { error: { code: codes[0], message: messageOf(codes[0]!) } },
});

function errorResponses(codes: ReadonlySet<ErrorCode>): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, alike]) => [
      status,
      {
        description: alike.map((code) => `\`${code}\`: ${messageOf(code)}`).join('; '),
        content: { 'application/json': { schema: errorSchema(alike) } },
      },
    ]),
  );
}

type HeaderSchema = { type: 'string'; description: string; example?: string; pattern?: string };

function requestHeaders({ idempotency, waitsFor, clientKey }: Contract) {
  const properties: Record<string, HeaderSchema> = {};
  if (idempotency !== undefined)
    properties['Idempotency-Key'] = {
      type: 'string',
      description: `1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.${idempotency === 'required' ? ' Required, here or as `idempotency_key` in the body.' : ''}`,
      pattern: '^[!-~]{1,255}$',
      example: 'attempt-7f3a',
    };
  if (waitsFor)
    properties['Sandai-Wait-For'] = {
      type: 'string',
      description: 'A Sandai-Position: the read waits up to a second until it shows that write.',
    };
  if (clientKey)
    properties['X-Client-Key'] = {
      type: 'string',
      description: "The tenant's public client key; without it the tenant `default` is meant.",
    };
  return Object.keys(properties).length === 0 ? {} : { headers: { type: 'object', properties } };
}

const responseHeaders = ({ idempotency, waitsFor }: Contract) => ({
  ...(idempotency && {
    'Sandai-Position': { schema: { type: 'string' }, description: 'Place in the log, for Sandai-Wait-For.' },
    'Idempotency-Replayed': { schema: { type: 'string', enum: ['true'] }, description: 'On a repeated answer.' },
  }),
  ...(waitsFor && {
    ETag: { schema: { type: 'string' }, description: 'For If-None-Match; 304 when nothing changed.' },
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
    takesBody: body !== undefined,
    takesInput: Boolean(params || querystring),
  });
  const errors = errorResponses(codes);
  const success = Object.fromEntries(
    Object.entries(shape.response ?? {}).map(([status, own]) => [
      status,
      'content' in own
        ? own
        : {
            description: 'Done',
            headers: responseHeaders(contract),
            content: { 'application/json': { schema: own } },
          },
    ]),
  );
  const cached = contract.waitsFor ? { 304: { description: 'Not modified' } } : {};
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
      { name: 'leaderboards', description: 'Scores and boards' },
      { name: 'operations', description: 'For operators and their tools' },
    ],
  },
  transform,
  hideUntagged: false,
};
