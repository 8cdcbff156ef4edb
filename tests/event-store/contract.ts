import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../src/event-store/index.ts';
import { appends, recordedTimes } from './contract/append.ts';
import { conditions } from './contract/conditions.ts';
import { exclusiveAppends } from './contract/exclusive.ts';
import { event, type StoreUnderTest, tenant } from './contract/given.ts';
import { reading } from './contract/reading.ts';
import { records } from './contract/records.ts';
import { refusals } from './contract/refusals.ts';

export { conditionCategories, event, newStream, record, tenant } from './contract/given.ts';

/** What every store promises. */
export function storeContract(open: () => Promise<EventStore>): void {
  let store: EventStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const here: StoreUnderTest = {
    store: () => store,
    total: async () => [...(await store.positions()).values()].reduce((sum, position) => sum + position, 0n),
    appendOne: (stream, expectedVersion, data) =>
      store.append({ tenant, streams: [{ streamId: stream, expectedVersion, events: [event('Tested', data)] }] }),
  };

  appends(here);
  refusals(here);
  conditions(here);
  records(here);
  exclusiveAppends(here);
  reading(here);
  recordedTimes(here);
}
