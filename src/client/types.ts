import type { paths } from './openapi.ts';

/** Types of a call, taken from the OpenAPI document. */

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that take a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { readonly [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

export type OperationOf<M extends Method, P extends PathOf<M>> = paths[P][M & keyof paths[P]];

type Parameters<O> = O extends { parameters: infer Given } ? Given : never;
type Place<Given, Name extends 'path' | 'query'> = Given extends { [K in Name]: infer Values }
  ? { [K in Name]: Values }
  : Given extends { [K in Name]?: infer Values }
    ? [Exclude<Values, undefined>] extends [never]
      ? unknown
      : { [K in Name]?: Exclude<Values, undefined> }
    : unknown;
type Json<Body> = Body extends { content: { 'application/json': infer Value } } ? Value : never;
type Body<O> = O extends { requestBody: infer Given }
  ? { body: Json<Given> }
  : O extends { requestBody?: infer Given }
    ? [Exclude<Given, undefined>] extends [never]
      ? unknown
      : { body?: Json<Exclude<Given, undefined>> }
    : unknown;

/** `ifMatch` where a write takes If-Match: the version that it was decided on, 0 where there was none yet. */
type Expected<Given> = Given extends { header?: { 'If-Match'?: infer Version } }
  ? [Version] extends [never]
    ? unknown
    : unknown extends Version
      ? unknown
      : { ifMatch: number }
  : unknown;

/** How a call goes, beside what it says.
 *  @property idempotencyKey of a write; made up when left out
 *  @property signal         ends the call, and its retries, with the signal's reason
 *  @property timeoutMs      of one attempt
 *  @property deadlineMs     of the call with its retries
 *  @property waitFor        a `position`: the read shows at least that write */
export type CallOptions = {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly waitFor?: string | null;
};

/** What a call is given: `path` and `query` parameters, `body`, `ifMatch`, options. */
export type Input<O> = Place<Parameters<O>, 'path'> &
  Place<Parameters<O>, 'query'> &
  Body<O> &
  Expected<Parameters<O>> &
  CallOptions;

/** Left out where nothing in it is needed. */
export type InputArguments<O> = Record<never, never> extends Input<O> ? [input?: Input<O>] : [input: Input<O>];

type Success = 200 | 201 | 202;
type Responses<O> = O extends { responses: infer Given } ? Given : never;
type ContentOf<Answers> = { [S in keyof Answers & Success]: Json<Answers[S]> }[keyof Answers & Success];

/** Body of a success; undefined where it has none. */
export type Answer<O> = [ContentOf<Responses<O>>] extends [never] ? undefined : ContentOf<Responses<O>>;

/** What a list consists of. */
export type ItemOf<A> = A extends { items: readonly (infer Item)[] }
  ? Item
  : A extends { entries: readonly (infer Entry)[] }
    ? Entry
    : never;

/** Paths of lists: reads whose answer has a `next_cursor`. */
export type ListPath = {
  [P in PathOf<'get'>]: Answer<OperationOf<'get', P>> extends { next_cursor: string | null } ? P : never;
}[PathOf<'get'>];
