import { projections } from '../../projections.config.ts';
import type { NewEvent } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { StreamId } from '../../src/events/ids.ts';
import type { Projection } from '../../src/ports/projection.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { logUnderTest } from '../processors/log-under-test.ts';

/** A log, and the rows of read models that a test fills by itself. */
export async function rowsUnderTest(readModels: readonly Projection[] = projections) {
  const here = await logUnderTest(readModels);
  /** Folds events into the first generation's rows, twice: as a processor does that was broken off. */
  async function project(events: readonly RecordedEvent[]): Promise<void> {
    for (const projection of readModels)
      for (const _ of ['once', 'again']) {
        const fold = projection.fold(1);
        for (const event of events) if (projection.types.includes(event.type)) fold.add(event);
        await here.database.transaction((sql) => fold.write(sql));
      }
  }
  return {
    ...here,
    generations: createGenerations(here.database, readModels),
    project,
    /** Appends to a stream, and folds. @returns the events as recorded */
    async happened(stream: StreamId, ...events: readonly NewEvent[]): Promise<readonly RecordedEvent[]> {
      const { events: recorded } = await here.append(stream, events);
      await project(recorded);
      return recorded;
    },
  };
}
export type RowsUnderTest = Awaited<ReturnType<typeof rowsUnderTest>>;
