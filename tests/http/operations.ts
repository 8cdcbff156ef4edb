import type { TestNode } from './support.ts';

/** A schema as the OpenAPI document shows it, as far as tests look at it. */
export type SchemaShape = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaShape>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaShape[];
  readonly example?: unknown;
};
type Content = { readonly content?: Readonly<Record<string, { readonly schema: SchemaShape }>> };

/** One operation of the OpenAPI document. @property name for example `GET /v1/leaderboards/{season}` */
export type Operation = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly body: Readonly<Record<string, SchemaShape>>;
  /** Fields without which a body is refused. */
  readonly required: readonly string[];
  readonly description: string;
  /** Error codes that it documents, with their statuses. */
  readonly errors: ReadonlyMap<string, number>;
};

type Documented = {
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};

const propertiesOf = (schema: SchemaShape | undefined): Record<string, SchemaShape> => ({
  ...schema?.properties,
  ...Object.assign({}, ...(schema?.anyOf ?? []).map(propertiesOf)),
});

/** Every operation that a node documents. */
export async function operationsOf(node: TestNode): Promise<readonly Operation[]> {
  const { body } = await node.call('/openapi.json');
  const paths = body.paths as Record<string, Record<string, Documented>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, { description = '', parameters = [], requestBody, responses }]) => {
      const method = verb.toUpperCase();
      const errors = new Map<string, number>();
      for (const [status, { content }] of Object.entries(responses)) {
        const { code } = content?.['application/json']?.schema?.properties?.['error']?.properties ?? {};
        for (const each of code?.enum ?? []) errors.set(String(each), Number(status));
      }
      return {
        name: `${method} ${path}`,
        method,
        path,
        pathParameters: parameters.filter((each) => each.in === 'path').map((each) => each.name),
        body: propertiesOf(requestBody?.content?.['application/json']?.schema),
        required: requestBody?.content?.['application/json']?.schema?.required ?? [],
        description,
        errors,
      };
    }),
  );
}

/** The one of this name. */
export function operationOf(operations: readonly Operation[], name: string): Operation {
  const found = operations.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not in the OpenAPI document`);
  return found;
}

/** A path with its parameters filled in. */
export const filledPath = (path: string, fill: (parameter: string) => string): string =>
  path.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(fill(parameter)));
