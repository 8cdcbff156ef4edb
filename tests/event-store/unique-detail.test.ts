import { describe, expect, test } from 'vitest';
import type { Append } from '../../src/event-store/index.ts';
import { prepareAppend } from '../../src/event-store/prepare.ts';
import { dialectOf } from '../../src/event-store/sql/dialect.ts';
import { refusalsByDetail } from '../../src/event-store/sql/refusal.ts';
import type { StreamId } from '../../src/events/ids.ts';
import { event, record, tenant } from './contract.ts';

const postgresql = dialectOf('PostgreSQL 18.1 on x86_64-pc-linux-gnu');
const cockroachdb = dialectOf('CockroachDB CCL v26.1.0 (x86_64-pc-linux-gnu)');
const prepare = (append: Omit<Append, 'tenant'>) =>
  prepareAppend({ tenant, ...append }, { partitions: 16, conditionCategories: new Set() });
const named = (detail: string, batch: ReturnType<typeof prepare>[], dialect = postgresql) =>
  refusalsByDetail({ detail }, batch, dialect).map(({ append }) => batch.indexOf(append));

const write = (stream: string, version = 0n) =>
  prepare({ streams: [{ streamId: stream as StreamId, expectedVersion: version, events: [event(), event()] }] });
const underKey = (key: string, scope = 's') => prepare({ streams: [], record: { ...record(key), scope } });
const withDataKey = (playerId: string) =>
  prepare({
    streams: [{ streamId: `test-${playerId}` as StreamId, expectedVersion: 0n, events: [event()] }],
    dataKeys: [{ tenant, playerId, wrappedKey: 'w', kekId: 'k' }],
  });

describe('the detail of a refused key', () => {
  const odd = ['plain', 'with space', 'a, b', ')=(', '"quoted"', 'ü😀', '100%', '{brace}', "it's", 'back\\slash', '$1'];
  test.each(odd)('names the record under %j on PostgreSQL', (key) => {
    const batch = odd.map((other) => underKey(other));
    expect(named(`Key (tenant, scope, key)=(acme, s, ${key}) already exists.`, batch)).toEqual([odd.indexOf(key)]);
  });

  test.each([
    ['plain', "'plain'"],
    ['with space', "'with space'"],
    ['a, b', "'a, b'"],
    ['"quoted"', `'"quoted"'`],
    ["it's", "e'it\\'s'"],
    ['back\\slash', "e'back\\\\slash'"],
  ])('names the record under %j on CockroachDB', (key, literal) => {
    const batch = odd.map((other) => underKey(other));
    const detail = `Key (tenant, scope, key)=('acme', 's', ${literal}) already exists.`;
    expect(named(detail, batch, cockroachdb)).toEqual([odd.indexOf(key)]);
  });

  test('names the stream and version', () => {
    const batch = [write('test-1'), write('test-1', 2n), write('test-2')];
    expect(named('Key (stream_id, version)=(test-1, 4) already exists.', batch)).toEqual([1]);
    expect(named("Key (stream_id, version)=('test-2', 1) already exists.", batch, cockroachdb)).toEqual([2]);
    expect(named('Key (stream_id, version)=(test-1, 5) already exists.', batch)).toEqual([]);
  });

  test('names the player of a data key', () => {
    const batch = [withDataKey('p1'), withDataKey('p2')];
    expect(named('Key (tenant, player_id)=(acme, p2) already exists.', batch)).toEqual([1]);
    expect(named("Key (tenant, player_id)=('acme', 'p2') already exists.", batch, cockroachdb)).toEqual([1]);
  });

  test('names all that read the same', () => {
    const batch = [underKey('c', 'a, b'), underKey('b, c', 'a'), underKey('c', 'b')];
    expect(named('Key (tenant, scope, key)=(acme, a, b, c) already exists.', batch)).toEqual([0, 1]);
  });

  test('names nobody when it is in other words, unless there is only one', () => {
    const batch = [write('test-1'), write('test-2')];
    const translated = 'Schlüssel »(stream_id, version)=(test-2, 1)« existiert bereits.';
    expect(named(translated, batch)).toEqual([]);
    expect(named(translated, [write('test-2')])).toEqual([0]);
  });
});
