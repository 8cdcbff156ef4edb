import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent } from '../../../src/event-store/index.ts';
import type { AppendResult } from '../../../src/event-store/port.ts';
import type { JsonObject } from '../../../src/events/envelope.ts';
import { type StreamId, streamId, type TenantId } from '../../../src/events/ids.ts';

export const tenant = 'acme' as TenantId;
export const conditionCategories = ['season'];
export const newStream = (category = 'test'): StreamId => streamId(category, tenant, randomUUID());
export const event = (type = 'Tested', data: JsonObject = { n: 1 }): NewEvent => ({ type, data });
export const record = (key: string, response = '{"ok":true}', expiresAt = Date.now() + 60_000) => ({
  tenant,
  scope: 'player|POST /test',
  key,
  requestHash: 'hash',
  status: 200,
  response,
  expiresAt,
});

/** A store, and what its tests do again and again.
 *  @property total how many events it holds */
export type StoreUnderTest = {
  readonly store: () => EventStore;
  readonly total: () => Promise<bigint>;
  readonly appendOne: (
    stream: StreamId,
    expectedVersion: bigint | 'any' | 'exists' | 'absent',
    data?: JsonObject,
  ) => Promise<AppendResult>;
};
