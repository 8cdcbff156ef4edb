import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ErrorCode, errorCodes, statusOf } from '../../src/http/error-codes.ts';
import { exampleOf } from '../../src/http/examples.ts';
import { operationIdOf } from '../../src/http/openapi-document.ts';
import { type TestCluster, testCluster } from './support.ts';

type Media = {
  schema: Record<string, unknown>;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
};
type Body = { description?: string; required?: boolean; content?: Record<string, Media> };
type Operation = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, unknown>[];
  parameters?: (Media & { name: string; in: string; required: boolean })[];
  requestBody?: Body;
  responses: Record<string, Body>;
};

let cluster: TestCluster;
let document: {
  openapi: string;
  tags: { name: string; description: string }[];
  components: { securitySchemes: Record<string, unknown> };
  paths: Record<string, Record<string, Operation>>;
};
let operations: (Operation & { name: string })[];
beforeAll(async () => {
  cluster = await testCluster();
  document = (await (await cluster.node()).call('/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
  );
});
afterAll(() => cluster.stop());

const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
/** What is wrong with an example by its schema. */
const problemOf = (schema: Record<string, unknown>, value: unknown): string | null =>
  ajv.validate(schema, value) ? null : ajv.errorsText();

const mediaOf = ({ content = {} }: Body): Media[] => Object.values(content);
/** Problems of one place of each operation, each with its operation's name. */
const problems = (look: (operation: Operation) => (string | null)[]): string[] =>
  operations.flatMap((operation) =>
    look(operation)
      .filter((problem) => problem !== null)
      .map((problem) => `${operation.name}: ${problem}`),
  );

describe('each operation', () => {
  test('has a name of its own, a summary and a tag that is explained', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, index) => id === undefined || ids.indexOf(id) !== index)).toEqual([]);
    const tags = new Set(document.tags.map(({ name }) => name));
    expect(
      problems(({ summary, tags: own = [] }) => [
        summary ? null : 'no summary',
        own.length === 1 && tags.has(own[0]!) ? null : `tags ${own.join(', ')}`,
      ]),
    ).toEqual([]);
    expect(document.tags.filter(({ description }) => !description)).toEqual([]);
  });

  test('says how its caller is known, by a scheme of the document', () => {
    const schemes = new Set(Object.keys(document.components.securitySchemes));
    expect(
      problems(({ security }) => [
        security === undefined ? 'no security' : null,
        ...(security ?? []).flatMap((each) => Object.keys(each).map((name) => (schemes.has(name) ? null : name))),
      ]),
    ).toEqual([]);
  });

  test('has an example of its request that its schema takes', () => {
    expect(
      problems(({ requestBody }) =>
        requestBody === undefined
          ? []
          : mediaOf(requestBody).map((media) =>
              media.example === undefined ? 'no example of the request' : problemOf(media.schema, media.example),
            ),
      ),
    ).toEqual([]);
  });

  test('has an example of each parameter that it needs, which its schema takes', () => {
    expect(
      problems(({ parameters = [] }) =>
        parameters.map(({ name, required, schema, example }) => {
          if (example === undefined) return required ? `no example of ${name}` : null;
          const problem = problemOf(schema, example);
          return problem === null ? null : `${name} ${problem}`;
        }),
      ),
    ).toEqual([]);
  });

  test('has an example of its answer that its schema takes', () => {
    expect(
      problems(({ responses }) =>
        Object.entries(responses)
          .filter(([status]) => status.startsWith('2'))
          .flatMap(([status, response]) =>
            mediaOf(response).map(({ schema, example }) => {
              const problem = example === undefined ? 'no example' : problemOf(schema, example);
              return problem === null ? null : `${status} ${problem}`;
            }),
          ),
      ),
    ).toEqual([]);
  });

  test('says of each field of its answer what it is', () => {
    const says = ['type', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', '$ref'];
    type Shape = { properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] };
    const silent = (shape: Shape, at: string): string[] => [
      ...(says.some((word) => word in shape) ? [] : [at]),
      ...Object.entries(shape.properties ?? {}).flatMap(([name, each]) => silent(each, `${at}.${name}`)),
      ...(shape.items === undefined ? [] : silent(shape.items, `${at}[]`)),
      ...(shape.anyOf ?? []).flatMap((each) => silent(each, at)),
    ];
    expect(
      problems(({ responses }) =>
        Object.entries(responses)
          .filter(([status]) => status.startsWith('2'))
          .flatMap(([, response]) => mediaOf(response).flatMap(({ schema }) => silent(schema, 'answer'))),
      ),
    ).toEqual([]);
  });

  test('has an example of each of its errors that its schema takes, and there is one of each code with a route', () => {
    const shown = new Set<string>();
    const wrong = problems(({ responses }) =>
      Object.entries(responses).flatMap(([status, response]) =>
        mediaOf(response).flatMap(({ schema, examples = {} }) =>
          Object.entries(examples).map(([code, { value }]) => {
            shown.add(code);
            if (`${statusOf(code as ErrorCode)}` !== status) return `${code} under ${status}`;
            return problemOf(schema, value);
          }),
        ),
      ),
    );
    expect(wrong).toEqual([]);
    const documented = new Set(
      operations.flatMap(({ responses }) =>
        Object.values(responses).flatMap(({ description = '' }) =>
          [...description.matchAll(/`([A-Z_]+)`:/g)].map(([, code]) => code ?? ''),
        ),
      ),
    );
    expect([...documented].filter((code) => !shown.has(code))).toEqual([]);
    expect([...documented].filter((code) => !(code in errorCodes))).toEqual([]);
    expect(documented.size).toBeGreaterThan(20);
  });
});

test('every path belongs to a context of the map in docs/architecture.md', () => {
  const map = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
  const rows = [...map.matchAll(/^\| [A-Z][a-z &]+ \| ((?:`[a-z-]+`(?:, )?)+) \|$/gm)].map(([, names]) => names ?? '');
  const known = new Set(rows.flatMap((names) => names.replaceAll('`', '').split(', ')));
  const used = new Set(Object.keys(document.paths).map((path) => /^\/v1\/([^/]+)/.exec(path)?.[1] ?? null));
  used.delete(null); // /healthz and the like
  expect([...used].filter((name) => !known.has(name!))).toEqual([]);
  expect(known.size).toBeGreaterThan(10);
});

test('names of operations follow from method and path', () => {
  expect(operationIdOf('get', '/v1/groups/{group_id}/members')).toBe('getGroupsByGroupIdMembers');
  expect(operationIdOf('delete', '/v1/dead-letters/{id}')).toBe('deleteDeadLettersById');
  expect(operationIdOf('get', '/healthz')).toBe('getHealthz');
});

describe('an example of a schema', () => {
  test('is put together from those of its fields', () => {
    const name = { type: 'string', example: 'Ada' };
    const schema = {
      type: 'object',
      required: ['name', 'friends'],
      properties: { name, friends: { type: 'array', items: name }, note: { type: 'string' } },
    };
    expect(exampleOf(schema)).toEqual({ name: 'Ada', friends: ['Ada'] });
  });

  test('is missing where a field that is needed has none', () => {
    expect(exampleOf({ type: 'object', required: ['a'], properties: { a: { type: 'string' } } })).toBeUndefined();
  });

  test('prefers that of the whole, and a value to null', () => {
    expect(exampleOf({ type: 'object', example: { a: 1 }, required: ['a'], properties: {} })).toEqual({ a: 1 });
    expect(exampleOf({ anyOf: [{ type: 'null' }, { type: 'integer', minimum: 3 }] })).toBe(3);
  });
});
