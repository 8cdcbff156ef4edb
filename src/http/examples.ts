/** What is looked at of a JSON schema to make an example of it. */
export type ExampleSchema = {
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ExampleSchema[];
  readonly oneOf?: readonly ExampleSchema[];
  readonly allOf?: readonly ExampleSchema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, ExampleSchema>>;
  readonly required?: readonly string[];
  readonly items?: ExampleSchema;
  readonly minItems?: number;
};

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e',
  'date-time': '2026-03-01T12:00:00Z',
  email: 'ada@example.com',
};

/** An example of a schema, put together from those of its fields (`meta({ example })`); a whole that has its own keeps it.
 *  Optional fields without an example are left out.
 *  @returns undefined when a field that is needed has none and nothing follows from its type */
export function exampleOf(schema: ExampleSchema): unknown {
  if ('example' in schema) return schema.example;
  if (schema.examples !== undefined && schema.examples.length > 0) return schema.examples[0];
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return exampleOf(choices.find(({ type }) => type !== 'null') ?? choices[0] ?? {});
  if (schema.allOf !== undefined) return exampleOfAll(schema.allOf);
  const types = [schema.type ?? []].flat();
  const type = types.find((each) => each !== 'null') ?? types[0];
  return exampleOfType(type, schema);
}

function exampleOfType(type: string | undefined, schema: ExampleSchema): unknown {
  switch (type) {
    case 'object':
      return exampleOfObject(schema);
    case 'array': {
      const item = schema.items === undefined ? undefined : exampleOf(schema.items);
      if (item !== undefined) return [item];
      return (schema.minItems ?? 0) === 0 ? [] : undefined;
    }
    case 'string':
      return byFormat[schema.format ?? ''];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return undefined;
  }
}

function exampleOfObject({ properties = {}, required = [] }: ExampleSchema): unknown {
  const example: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = exampleOf(property);
    if (value !== undefined) example[name] = value;
    else if (required.includes(name)) return undefined;
  }
  return example;
}

function exampleOfAll(parts: readonly ExampleSchema[]): unknown {
  const examples = parts.map(exampleOf);
  if (examples.includes(undefined)) return undefined;
  return Object.assign({}, ...examples);
}
