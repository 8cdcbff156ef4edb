import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDevice, newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  pattern?: string;
  example?: unknown;
};
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};

let cluster: TestCluster;
let node: TestNode;
let tokens: (string | undefined)[];
let operations: { path: string; method: string; operation: Operation }[];
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  const admin = cluster.operator('admin');
  const player = await node.signIn();
  await node.openSeason(admin, 'spring-2026');
  tokens = [undefined, 'forged', player.token, admin, cluster.operator('ops')];
  const { body } = await node.call('/openapi.json');
  operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
});
afterAll(() => cluster.stop());

/** Values of a schema, its example now and then. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  const example = 'example' in schema ? [fc.constant(schema.example)] : [];
  return fc.oneof(...example, plain(schema));
}

function plain(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid));
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema;
      if (Object.keys(properties).length === 0) return fc.dictionary(fc.string(), fc.jsonValue());
      const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valid(each)]));
      return fc.record(fields, { requiredKeys: required as never[] });
    }
    case 'array':
      return fc.array(valid(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -1e9, -1e15), max: Math.min(schema.maximum ?? 1e9, 1e15) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      if (schema.format === 'uuid') return fc.uuid();
      if (schema.format === 'date-time')
        return fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString());
      if (schema.pattern !== undefined && !schema.pattern.includes('\\p'))
        return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 300) });
    default:
      return fc.jsonValue();
  }
}

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    -0,
    1e308,
    2 ** 53,
    '',
    '\0',
    '\ud800',
    '%00',
    '../..',
    "' or 1=1 --",
    [],
    {},
    'x'.repeat(5_000),
  ),
);

/** A value with one place changed, taken out or added. */
const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return odd;
  const keys = Object.keys(value);
  const added = fc.tuple(fc.string(), odd).map(([key, extra]) => ({ ...value, [key]: extra }));
  if (keys.length === 0) return fc.oneof(odd, added);
  const key = fc.constantFrom(...keys);
  return fc.oneof(
    odd,
    added,
    fc.tuple(key, odd).map(([name, other]) => ({ ...value, [name]: other })),
    key.map((name) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))),
  );
};
const maybeMutated = (value: unknown) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: mutated(value) });

const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});
const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const requestTo = ({ parameters = [], requestBody }: Operation) => {
  const schema = requestBody?.content['application/json']?.schema;
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema: each }) => [name, valid(each).chain(maybeMutated)])),
  );
  return fc.record({
    values,
    sent: fc.record(
      Object.fromEntries(
        parameters.map(({ name, in: place }) => [name, place === 'path' ? fc.constant(true) : fc.boolean()]),
      ),
    ),
    header: headerText,
    body: schema === undefined ? fc.constant(undefined) : valid(schema).chain(maybeMutated),
    raw: fc.option(fc.string(), { freq: 12 }),
    key: fc.constantFrom('fresh', 'fresh', 'none', 'none', 'shared'),
    token: fc.constantFrom(0, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4),
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.constant('text/plain') },
    ),
  });
};

/** What is wrong with a value by a schema, or null. */
function mismatch(schema: Schema, value: unknown, at = '$'): string | null {
  if (schema.enum) return schema.enum.includes(value) ? null : `${at} is none of ${schema.enum.join(', ')}`;
  if ('const' in schema) return value === schema.const ? null : `${at} is not ${schema.const}`;
  if (schema.anyOf)
    return schema.anyOf.some((each) => mismatch(each, value, at) === null) ? null : `${at} fits no form`;
  const type =
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const wanted = [schema.type ?? type].flat();
  if (!wanted.includes(type) && !(type === 'integer' && wanted.includes('number')))
    return `${at} is ${type}, not ${wanted}`;
  if (type === 'array')
    return firstOf((value as unknown[]).map((each, index) => mismatch(schema.items ?? {}, each, `${at}[${index}]`)));
  if (type !== 'object') return null;
  const object = value as Record<string, unknown>;
  const missing = (schema.required ?? []).find((name) => !(name in object));
  if (missing !== undefined) return `${at}.${missing} is missing`;
  return firstOf(
    Object.entries(schema.properties ?? {}).map(([name, each]) =>
      name in object ? mismatch(each, object[name], `${at}.${name}`) : null,
    ),
  );
}
const firstOf = (problems: readonly (string | null)[]) => problems.find((each) => each !== null) ?? null;

// another one explores further: SANDAI_FUZZ_SEED=1 npm test
const seed = Number(process.env['SANDAI_FUZZ_SEED'] ?? 20_261_121);

test('every operation answers generated and damaged requests as its document says, and never with a 5xx', async () => {
  const statuses = new Map<string, number>();
  for (const { path, method, operation } of operations) {
    tokens[2] = (await node.signIn()).token; // the last one may have been signed out
    const parameters = operation.parameters ?? [];
    const ask = fc.asyncProperty(
      requestTo(operation),
      async ({ values, sent, header, body, raw, key, token, type }) => {
        const textOf = (name: string) => asText(values[name]);
        const filled = path.replace(
          /\{(\w+)\}/g,
          (_, name: string) => encodeURIComponent(textOf(name).toWellFormed()) || '-',
        );
        const query = new URLSearchParams();
        const headers: Record<string, string> = {};
        for (const { name, in: place } of parameters) {
          if (place === 'query' && sent[name]) query.append(name, textOf(name).toWellFormed());
          if (place === 'header' && sent[name] && name !== 'Idempotency-Key') headers[name] = header;
        }
        if (key !== 'none') headers['idempotency-key'] = key === 'fresh' ? newKey() : 'shared';
        const hasBody = method !== 'GET' && (body !== undefined || raw !== null);
        const bearer = tokens[token];
        const reply = await node.call(`${filled}?${query}`, {
          method,
          headers: { ...headers, ...(hasBody && { 'content-type': type }) },
          ...(bearer !== undefined && { token: bearer }),
          ...(hasBody && { body: raw ?? JSON.stringify(body) }),
        });
        statuses.set(`${reply.status}`, (statuses.get(`${reply.status}`) ?? 0) + 1);
        expect(reply.status, reply.text).toBeLessThan(500);
        // an empty or too long parameter makes another address
        if (reply.status === 404 && reply.body.error.code === 'ROUTE_NOT_FOUND') return;
        if (reply.status === 405 || reply.status === 414) return;
        const documented = operation.responses[`${reply.status}`];
        expect(documented, `${method} ${path} answered ${reply.status} ${reply.text}`).toBeDefined();
        if (reply.status === 304) return;
        const schema = documented?.content?.['application/json']?.schema;
        if (schema !== undefined) expect(mismatch(schema, reply.body), reply.text).toBeNull();
      },
    );
    await fc.assert(ask, { numRuns: 100, seed });
  }
  // the generator must reach beyond validation
  for (const status of ['200', '400', '401', '403', '404', '415'])
    expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);
}, 300_000); // thousands of requests

test('the examples of the document are accepted', async () => {
  const admin = tokens[3]!;
  const { token: player } = await node.signIn();
  await node.openSeason(admin, 'of-examples');
  const example = (schema: Schema | undefined): unknown => {
    if (schema === undefined) return undefined;
    if ('example' in schema) return schema.example;
    if (schema.anyOf) return example(schema.anyOf[0]);
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .map(([name, each]) => [name, example(each)] as const)
        .filter(([, value]) => value !== undefined && typeof value !== 'object'),
    );
  };
  const bodyOf = (path: string, method: string) =>
    example(
      operations.find((each) => each.path === path && each.method === method)?.operation.requestBody?.content[
        'application/json'
      ]?.schema,
    ) as Record<string, unknown>;
  const asked = async (path: string, method: string, token: string, more: object = {}) => {
    const { idempotency_key: _, player_id: __, ...body } = bodyOf(path, method);
    const reply = await node.call(path.replace('{season}', 'of-examples'), {
      method,
      token,
      key: newKey(),
      body: { ...body, ...more },
    });
    expect(reply.status, `${method} ${path} ${reply.text}`).toBeLessThan(300);
  };
  await asked('/v1/seasons', 'POST', admin, { season: 'by-example', closes_at: null });
  await asked('/v1/leaderboards/{season}/score', 'POST', player);
  await asked('/v1/profile', 'PATCH', player);
  await asked('/v1/auth/device', 'POST', player, { device_id: newDevice() });
});
