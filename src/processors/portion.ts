import type { RecordedEvent } from '../events/envelope.ts';
import type { TailRead } from './log-tail.ts';

/** Makes the steps of a processor about equally large where its events weigh differently. */
export type Portions = {
  /** How many events to read for so much weight: about enough, by those that were read last. */
  countFor(weight: number): number;
  /** The first of the events that were read, one at least, that weigh no more together. */
  upTo(weight: number, read: TailRead): TailRead;
};

const heaviest = 20;

/** @param weightOf what an event counts as, at least 1; absent = each counts as one */
export function createPortions(weightOf: ((event: RecordedEvent) => number) | undefined): Portions {
  let mean = weightOf === undefined ? 1 : heaviest;
  return {
    countFor: (weight) => Math.max(1, Math.ceil(weight / mean)),
    upTo(weight, read) {
      const { events } = read;
      if (weightOf === undefined || events.length === 0) return read;
      const weights = events.map(weightOf);
      mean = weights.reduce((sum, each) => sum + each, 0) / events.length;
      let left = weight - weights[0]!;
      let count = 1;
      while (count < events.length && weights[count]! <= left) {
        left -= weights[count]!;
        count += 1;
      }
      return count === events.length ? read : { events: events.slice(0, count), through: events[count - 1]!.position };
    },
  };
}
