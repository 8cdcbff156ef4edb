import { type ExampleSchema, exampleOf } from './examples.ts';

type Media = { schema?: ExampleSchema; example?: unknown; examples?: unknown };
type Body = { required?: boolean; content?: Record<string, Media> };
type Parameter = { schema?: ExampleSchema; example?: unknown; examples?: unknown };
type Operation = {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: Body;
  responses?: Record<string, Body>;
};

const verbs: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const camel = (segment: string): string => segment.split(/[-_.]/).map(capital).join('');

/** Name of an operation for generated clients, from its method and path: `GET /v1/groups/{id}/members` is `getGroupsByIdMembers`.
 *  Two operations cannot share one as long as paths differ by more than punctuation. */
export function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/v1\//, '/')
    .split('/')
    .filter(Boolean)
    .map((segment) => (segment.startsWith('{') ? `By${camel(segment.slice(1, -1))}` : camel(segment)));
  return `${method}${words.join('')}`;
}

/** Whether a request without a body is valid too. */
const isOptional = ({ anyOf, type }: ExampleSchema): boolean =>
  [type].flat().includes('null') || (anyOf ?? []).some(isOptional);

function illustrate(holder: Media | Parameter): void {
  if (holder.schema === undefined || holder.example !== undefined || holder.examples !== undefined) return;
  const example = exampleOf(holder.schema);
  if (example !== undefined) holder.example = example;
}

/** Finishes the document that was made from the routes: names of operations, and an example for each parameter, request and
 *  answer, derived from those of its fields. */
export function completeDocument<Document extends { paths?: unknown }>(document: Document): Document {
  const paths = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!verbs.has(method)) continue;
      methods[method] = complete(operation, operationIdOf(method, path));
    }
  return document;
}

function complete(operation: Operation, operationId: string): Operation {
  const { parameters = [], requestBody, responses = {} } = operation;
  for (const parameter of parameters) illustrate(parameter);
  for (const body of [requestBody, ...Object.values(responses)])
    for (const media of Object.values(body?.content ?? {})) illustrate(media);
  const schema = requestBody?.content?.['application/json']?.schema;
  if (requestBody !== undefined && schema !== undefined) requestBody.required = !isOptional(schema);
  return { operationId, ...operation };
}
