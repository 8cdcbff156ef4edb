import { readdirSync, readFileSync } from 'node:fs';
import type { EventShape, JsonObject, RecordedEvent } from '../../src/events/envelope.ts';
import type { StreamId, TenantId } from '../../src/events/ids.ts';

/** An event as some release stored it. These files are never changed or deleted: the log holds such events for ever. What upcasters make of
 *  them today is in read-as.json, by their names.
 *  @property name  `<type>.v<schema version>[.<variant>]`
 *  @property reads what it is read as today; undefined = as it was stored */
export type Golden = EventShape & {
  readonly name: string;
  readonly schemaVersion: number;
  readonly reads: JsonObject | undefined;
};

export const folder = new URL('golden/', import.meta.url);

const readAs: Record<string, JsonObject> = JSON.parse(readFileSync(new URL('read-as.json', import.meta.url), 'utf8'));

export const goldens: readonly Golden[] = readdirSync(folder)
  .filter((file) => file !== 'checksums.json')
  .sort()
  .map((file) => ({ name: file.slice(0, -'.json'.length), file }))
  .map(({ name, file }) => ({
    name,
    reads: readAs[name],
    ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  }));

export const goldenOf = (name: string): Golden => {
  const golden = goldens.find((each) => each.name === name);
  if (golden === undefined) throw new Error(`there is no tests/events/golden/${name}.json`);
  return golden;
};

/** The event in its place in the log. */
export const stored = ({ type, data, schemaVersion }: Omit<Golden, 'name' | 'reads'>): RecordedEvent => ({
  type,
  data,
  schemaVersion,
  eventId: '66666666-6666-4666-8666-666666666666',
  tenant: 'acme' as TenantId,
  streamId: 'golden-acme_1' as StreamId,
  version: 4n,
  metadata: {},
  partition: 7,
  position: 12n,
  recordedAt: 1_772_359_200_123_456n,
});
