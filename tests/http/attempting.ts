import { randomUUID } from 'node:crypto';
import type { Attempt } from './foreign-ids/attempt.ts';
import type { Tenant, World } from './foreign-ids/tenants.ts';
import { filledPath, type Operation, operationOf } from './operations.ts';
import { newKey, type Reply, type TestCluster, type TestNode } from './support.ts';

/** A call. @property requestId, key what the events and the stored answer that it led to are found by */
export type Attempted = { readonly reply: Reply; readonly requestId: string; readonly key: string };

/** The events that calls led to at once. */
export const eventsOf = ({ db }: TestCluster, attempted: readonly Attempted[]) =>
  db.query(`select tenant, type, data::text as data from events where metadata ->> 'correlationId' = any($1::text[])`, [
    attempted.map(({ requestId }) => requestId),
  ]);

/** Keys of the calls whose answers were stored. */
export const recordsOf = async ({ db }: TestCluster, attempted: readonly Attempted[]) =>
  (
    await db.query('select key from idempotency_keys where key = any($1::text[])', [attempted.map(({ key }) => key)])
  ).map(({ key }) => key);

/** @property worldOf whose thing an id of the call names
 *  @property bodyOf  the body that is sent, made of the one that would be right
 *  @property token   instead of the caller's */
export type Changes = {
  readonly worldOf: (id: string) => World;
  readonly bodyOf?: (right: Readonly<Record<string, unknown>>) => unknown;
  readonly token?: string;
};

/** After these the player signs in anew. */
const endsSignIns = new Set(['POST /v1/auth/logout', 'DELETE /v1/sessions/{session_id}']);

/** Makes the calls that `attempts` describes as callers of one tenant. */
export function attempting({
  node,
  tenant,
  operations,
}: {
  readonly node: TestNode;
  readonly tenant: Tenant;
  readonly operations: readonly Operation[];
}) {
  let signedIn: string | null = null;
  const tokenOf = async (as: Exclude<Attempt['as'], 'anonymous'>): Promise<string> => {
    if (as !== 'player') return tenant.tokens[as];
    signedIn ??= (await node.signIn(tenant.player.device, { 'x-client-key': tenant.clientKey })).token;
    return signedIn;
  };

  return async (name: string, entered: Attempt, { worldOf, bodyOf, token }: Changes): Promise<Attempted> => {
    const { as, ids = {}, chosen = {}, headers, body } = entered;
    const { method, path, pathParameters } = operationOf(operations, name);
    const inBody = Object.entries(ids).filter(([id]) => !pathParameters.includes(id));
    const fields = inBody.map(([id, kind]) => {
      const value = thing(worldOf(id), kind);
      return [id, id.endsWith('_ids') ? [value] : value];
    });
    const right = { ...body, ...Object.fromEntries(fields) };
    const sent = bodyOf === undefined ? right : bodyOf(right);
    const isEmpty = bodyOf === undefined && Object.keys(right).length === 0;
    const requestId = `attempt-${randomUUID()}`;
    const key = newKey();
    const bearer = token ?? (as === 'anonymous' ? undefined : await tokenOf(as));
    const reply = await node.call(
      filledPath(path, (parameter) => chosen[parameter] ?? thing(worldOf(parameter), ids[parameter]!)),
      {
        method,
        headers: { ...headers, 'x-request-id': requestId, 'x-client-key': tenant.clientKey },
        ...(bearer === undefined ? {} : { token: bearer }),
        ...(method === 'GET' ? {} : { key }),
        ...(method === 'GET' || isEmpty ? {} : { body: sent }),
      },
    );
    if (endsSignIns.has(name)) signedIn = null;
    return { reply, requestId, key };
  };
}

const thing = (world: World, kind: string): string => {
  const id = world[kind];
  if (id === undefined)
    throw new Error(`nothing makes a thing named ${kind}: see \`makers\` in tests/http/foreign-ids/tenants.ts`);
  return id;
};
