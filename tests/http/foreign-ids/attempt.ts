import type { Caller } from './tenants.ts';

/** @property as      who of the other tenant calls
 *  @property ids     for each id of the route, the thing that it names
 *  @property body    the rest of the body
 *  @property headers what the route needs beside the usual ones
 *  @property refusal codes of which one must come, each a 403 or 404; when several ids are taken, for whichever is foreign
 *  @property free    ids that need not exist anywhere, and why: naming one of another tenant then is no different
 *  @property chosen  names in the path that the caller may choose, as when something is made there
 *  @property own     the route takes no id: it works for the caller's own tenant, shows nothing of the other and changes nothing there */
export type Attempt = {
  readonly as: Caller;
  readonly ids?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly refusal?: readonly string[];
  readonly free?: Readonly<Record<string, string>>;
  readonly chosen?: Readonly<Record<string, string>>;
  readonly own?: true;
};

/** By method and path of the route. */
export type Attempts = Readonly<Record<string, Attempt>>;
