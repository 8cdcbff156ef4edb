import { errorOf, SandaiError } from './errors.ts';
import { withRetries } from './retry.ts';
import { newKey, type Session, SessionKeeper, sessionOf, type Tokens } from './session.ts';
import type { Answer, CallOptions, InputArguments, ItemOf, ListPath, Method, OperationOf, PathOf } from './types.ts';

export { type ErrorCode, type ErrorDetail, SandaiError, SandaiUnreachable } from './errors.ts';
export type { components, paths } from './openapi.ts';
export type { Session } from './session.ts';
export type { Answer, CallOptions, Input, ItemOf, ListPath, Method, OperationOf, PathOf } from './types.ts';

/** @property url       `https://host`, or below a path of it
 *  @property clientKey names the tenant at sign-in
 *  @property session   of an earlier client, as `onSession` was given it
 *  @property onSession is told of each new session, and of null when it is over; a promise is waited for
 *  @property token     of an operator, or a service key, instead of a session
 *  @property timeoutMs of one attempt, 10 s when left out
 *  @property deadlineMs of a call with its retries, 30 s when left out */
export type ClientOptions = {
  readonly url: string;
  readonly clientKey?: string;
  readonly session?: Session | null;
  readonly onSession?: (session: Session | null) => unknown;
  readonly token?: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
};

/** Calls of the API, typed by its OpenAPI document. Each write has an idempotency key; what may be retried is retried with the
 *  same one, so nothing is lost and nothing done twice; an expired session is refreshed once for all calls.
 *  @property position of the newest write, for `waitFor` of reads that must show it */
export type SandaiClient = {
  readonly session: Session | null;
  readonly position: string | null;
  pages<P extends ListPath>(
    path: P,
    ...input: InputArguments<OperationOf<'get', P>>
  ): AsyncGenerator<ItemOf<Answer<OperationOf<'get', P>>>, void, undefined>;
} & {
  readonly [M in Method]: <P extends PathOf<M>>(
    path: P,
    ...input: InputArguments<OperationOf<M, P>>
  ) => Promise<Answer<OperationOf<M, P>>>;
};

type AnyInput = CallOptions & {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: number;
};

/** Where a session token is not sent: it may be over, which is why somebody signs in. */
const signingIn: ReadonlySet<string> = new Set([
  '/v1/auth/device',
  '/v1/auth/email',
  '/v1/auth/social',
  '/v1/auth/refresh',
]);
/** Sooner than this before its end a session token is refreshed. */
const earlyMs = 30_000;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const holdsTokens = (value: unknown): value is Tokens =>
  isObject(value) && 'session_token' in value && 'refresh_token' in value;
const isUnauthenticated = (error: unknown): boolean => error instanceof SandaiError && error.status === 401;

function urlOf(base: string, template: string, { path = {}, query = {} }: AnyInput): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) search.append(name, String(value));
  const text = search.toString();
  return `${base.replace(/\/+$/, '')}${filled}${text === '' ? '' : `?${text}`}`;
}

/** Makes a client, for a browser or for Node. It opens nothing until its first call. */
export function createClient(options: ClientOptions): SandaiClient {
  const { url, clientKey, token, timeoutMs = 10_000, deadlineMs = 30_000 } = options;
  const send = options.fetch ?? fetch;
  let position: string | null = null;

  const keeper = new SessionKeeper({
    initial: options.session ?? null,
    save: options.onSession ?? (() => undefined),
    isOver: (error) =>
      isUnauthenticated(error) || (error instanceof SandaiError && error.code === 'IDEMPOTENCY_KEY_EXPIRED'),
    refresh: ({ refreshToken, refreshKey }) =>
      request('post', '/v1/auth/refresh', {
        body: { refresh_token: refreshToken },
        idempotencyKey: refreshKey,
      }) as Promise<Tokens>,
  });

  async function bearerOf(path: string, body: unknown): Promise<string | Session | null> {
    if (signingIn.has(path) && !(isObject(body) && 'uid' in body)) return null;
    if (token !== undefined) return token;
    const session = keeper.current;
    if (session === null || session.expiresAt - Date.now() > earlyMs) return session;
    return keeper.renewed(session);
  }

  async function request(method: Method, path: string, input: AnyInput): Promise<unknown> {
    const { body, signal, waitFor, ifMatch } = input;
    const writes = method !== 'get';
    const ownKey = isObject(body) && body['idempotency_key'] !== undefined;
    const key = writes && !ownKey ? (input.idempotencyKey ?? newKey()) : null;
    const target = urlOf(url, path, input);
    let bearer = await bearerOf(path, body);

    const attempt = async (within: AbortSignal): Promise<unknown> => {
      const sessionToken = isObject(bearer) ? bearer.sessionToken : bearer;
      const response = await send(target, {
        method: method.toUpperCase(),
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(sessionToken === null ? {} : { authorization: `Bearer ${sessionToken}` }),
          ...(clientKey === undefined || !path.startsWith('/v1/auth/') ? {} : { 'x-client-key': clientKey }),
          ...(key === null ? {} : { 'idempotency-key': key }),
          ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
          ...(waitFor == null ? {} : { 'sandai-wait-for': waitFor }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: within,
      });
      const text = await response.text();
      if (!response.ok) throw errorOf(response, text);
      position = response.headers.get('sandai-position') ?? position;
      return text === '' ? undefined : JSON.parse(text);
    };
    const call = () =>
      withRetries({
        attempt,
        deadlineMs: Date.now() + (input.deadlineMs ?? deadlineMs),
        timeoutMs: input.timeoutMs ?? timeoutMs,
        signal,
        idempotencyKey: key,
      });
    const answered = await call().catch(async (error: unknown) => {
      if (!isObject(bearer) || !isUnauthenticated(error)) throw error;
      bearer = await keeper.renewed(bearer as Session);
      return call();
    });
    if (path === '/v1/auth/logout') await keeper.adopt(null);
    else if (path !== '/v1/auth/refresh' && holdsTokens(answered)) await keeper.adopt(sessionOf(answered));
    return answered;
  }

  async function* pages(path: string, input: AnyInput = {}): AsyncGenerator<unknown, void, undefined> {
    let cursor: unknown = input.query?.['cursor'];
    do {
      const page = (await request('get', path, { ...input, query: { ...input.query, cursor } })) as Record<
        string,
        unknown
      >;
      yield* (page['items'] ?? page['entries']) as unknown[];
      cursor = page['next_cursor'];
    } while (cursor != null);
  }

  const by =
    (method: Method) =>
    (path: string, input: AnyInput = {}) =>
      request(method, path, input);
  return {
    get session() {
      return keeper.current;
    },
    get position() {
      return position;
    },
    get: by('get'),
    post: by('post'),
    put: by('put'),
    patch: by('patch'),
    delete: by('delete'),
    pages,
  } as unknown as SandaiClient;
}
