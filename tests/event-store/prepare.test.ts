import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Append, InvalidAppend } from '../../src/event-store/index.ts';
import { prepareAppend } from '../../src/event-store/prepare.ts';
import type { StreamId, TenantId } from '../../src/events/ids.ts';
import { event, record, tenant } from './contract.ts';

const options = { partitions: 16, conditionCategories: new Set(['season']) };
const streams = [{ streamId: 'test-1' as StreamId, expectedVersion: 0n, events: [event()] }];
const valid: Append = { tenant, streams };
const withEvent = (change: object): Append => ({
  tenant,
  streams: [{ streamId: 'test-1' as StreamId, expectedVersion: 0n, events: [{ ...event(), ...change }] }],
});
const message = { aggregateType: 't', aggregateId: 'a', type: 'm', payload: {} };
const dataKey = { tenant, playerId: 'p', wrappedKey: 'w', kekId: 'k' };
const eventId = randomUUID();

// A database would refuse these, and with them whatever shares their statement.
describe('before any SQL an append is refused for', () => {
  test.each<[string, Append]>([
    ['a tenant with NUL', { ...valid, tenant: 'a\0' as TenantId }],
    ['a schema version that is no whole number', withEvent({ schemaVersion: 1.5 })],
    ['schema version 0', withEvent({ schemaVersion: 0 })],
    ['a huge schema version', withEvent({ schemaVersion: 2 ** 31 })],
    ['a version beyond 64 bits', { tenant, streams: [{ ...streams[0]!, expectedVersion: 2n ** 63n - 1n }] }],
    ['a negative version', { tenant, streams: [{ ...streams[0]!, expectedVersion: -1n }] }],
    [
      'two events with one id',
      {
        tenant,
        streams: [
          { ...streams[0]!, events: [eventId, eventId.toUpperCase()].map((id) => ({ ...event(), eventId: id })) },
        ],
      },
    ],
    ['metadata with NUL', withEvent({ metadata: { actor: 'a\0' } })],
    ['a message type with NUL', withEvent({ messages: [{ ...message, type: 'm\0' }] })],
    ['a message without aggregate', withEvent({ messages: [{ ...message, aggregateId: '' }] })],
    ['half a surrogate pair in an aggregate type', withEvent({ messages: [{ ...message, aggregateType: '\ud800' }] })],
    ['a payload that is no JSON', withEvent({ messages: [{ ...message, payload: { n: Number.NaN } }] })],
    ['a message of no time', withEvent({ metadata: { occurredAt: 'yesterday' }, messages: [message] })],
    ['a huge message', withEvent({ messages: [{ ...message, payload: { text: 'x'.repeat(2 ** 21) } }] })],
    [
      'a condition with half a surrogate pair',
      { ...valid, conditions: [{ streamId: 'season-\ud800' as StreamId, expectedVersion: 1n }] },
    ],
    [
      'a condition that is written to',
      {
        tenant,
        streams: [{ ...streams[0]!, streamId: 'season-1' as StreamId }],
        conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
      },
    ],
    ['a status that is no whole number', { ...valid, record: { ...record('k'), status: 200.5 } }],
    ['a record that never expires', { ...valid, record: { ...record('k'), expiresAt: Number.NaN } }],
    ['a record that expires after all calendars', { ...valid, record: { ...record('k'), expiresAt: 1e300 } }],
    ['a key of 256 characters', { ...valid, record: record('k'.repeat(256)) }],
    ["a record's tenant with NUL", { ...valid, record: { ...record('k'), tenant: '\0' as TenantId } }],
    ['a player with NUL', { ...valid, dataKeys: [{ ...dataKey, playerId: '\0' }] }],
    ['a data key without a master key', { ...valid, dataKeys: [{ ...dataKey, kekId: '' }] }],
    ['a cause before 1970', { ...valid, causedAt: -1n }],
    ['a cause after all calendars', { ...valid, causedAt: 10n ** 18n }],
  ])('%s', (_, append) => {
    expect(() => prepareAppend(append, options)).toThrow(InvalidAppend);
  });

  test('its size in bytes, not in characters', () => {
    const wide = (characters: number): Append => ({
      tenant,
      streams: [{ ...streams[0]!, events: [1, 2, 3].map(() => event('T', { text: '語'.repeat(characters) })) }],
    });
    expect(prepareAppend(wide(230_000), options).bytes).toBeGreaterThan(3 * 3 * 230_000);
    expect(() => prepareAppend(wide(240_000), options)).toThrow('bytes of JSON, at most 2097152');
  });
});

test('what is valid is accepted', () => {
  const append: Append = {
    ...withEvent({
      schemaVersion: 2,
      eventId: eventId.toUpperCase(),
      metadata: { occurredAt: '2026-01-02T03:04:05.678Z' },
      messages: [message],
    }),
    conditions: [{ streamId: 'season-1' as StreamId, expectedVersion: 1n }],
    record: { ...record('k'.repeat(255)), expiresAt: Date.now() + 0.5 },
    dataKeys: [dataKey],
    causedAt: 1_700_000_000_000_001n,
  };
  const prepared = prepareAppend(append, options);
  // Databases give ids back in lower case.
  expect(prepared.events[0]?.eventId).toBe(eventId);
});
