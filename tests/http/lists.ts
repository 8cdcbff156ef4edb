import type { TestNode } from './support.ts';

export type ListSchema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ListSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
};
type Operation = {
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: ListSchema;
    readonly example?: unknown;
  }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: ListSchema }>> }>>;
};
/** An operation that answers with many things. @property schema of its answer */
export type List = Operation & { readonly path: string; readonly schema: ListSchema };

/** Shows something as a whole; the list of the entries has a path of its own. */
const wholes = new Set(['/v1/inventory']);
/** Has one page by its nature: as many entries above a player as below. */
export const onePage = new Set(['/v1/leaderboards/{season}/around/{player_id}']);

/** Every list that a node documents. */
export async function listsOf(node: TestNode): Promise<readonly List[]> {
  const { body } = await node.call('/openapi.json');
  return Object.entries(body.paths as Record<string, { get?: Operation }>).flatMap(([path, { get }]) => {
    const schema = get?.responses['200']?.content?.['application/json']?.schema;
    const isList = Object.keys(schema?.properties ?? {}).some((name) => name === 'items' || name === 'entries');
    return get && schema && !wholes.has(path) && (isList || schema.type === 'array') ? [{ ...get, path, schema }] : [];
  });
}
