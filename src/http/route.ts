import type { ErrorCode } from './error-codes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the OpenAPI document says of a route beside its schema. */
    contract?: Contract;
  }
}

/** @property errors      codes that only this kind of route answers with; those of all routes are added
 *  @property idempotency whether the write takes an Idempotency-Key, and must have one
 *  @property waitsFor    whether the read takes Sandai-Wait-For
 *  @property ifMatch     whether the write takes If-Match, and must have it
 *  @property clientKey   whether X-Client-Key names the tenant */
export type Contract = {
  readonly errors?: readonly ErrorCode[];
  readonly idempotency?: 'required' | 'optional';
  readonly waitsFor?: true;
  readonly ifMatch?: true;
  readonly clientKey?: true;
};

/** Schemas of a route's answers, for the OpenAPI document only: routes send texts that they made themselves, so that a stored
 *  answer and the first one are the same bytes. */
export const answers = (byStatus: Readonly<Record<number, unknown>>): unknown => byStatus;
