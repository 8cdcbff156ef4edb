import { createHash } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '../../src/events/envelope.ts';
import type { PlayerId, StreamId } from '../../src/events/ids.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Projection } from '../../src/ports/projection.ts';
import { analytics } from '../../src/projections/analytics.ts';
import { dayMicros } from '../../src/projections/days.ts';
import { exposures } from '../../src/projections/exposures.ts';
import { revenue } from '../../src/projections/revenue.ts';
import { seededRandom } from '../../tests/support/random.ts';
import { tenant } from './events.ts';

/** @property lastDay of the days that are filled, days since 1970 */
export type Activity = { readonly players: number; readonly days: number; readonly lastDay: number };

export const busiest = 0;
export const experiment = 'bench';
export const eventNames = ['level_started', 'level_completed', 'shop_opened', 'item_viewed', 'item_bought'] as const;
const playersAtOnce = 1_000;
const writers = 2;
const mostEventsInDay = 20;
const eventsOfBusiest = 300;
const eventMicros = 45_000_000n;
const partitions = 64;
const sealed = `pd1.${'c'.repeat(120)}`;

const idOf = (kind: string, number: number): string => {
  const hex = createHash('md5').update(`${kind} ${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};
/** The player of a number; that of {@link busiest} plays every day, and most. */
export const playerOf = (number: number): PlayerId => idOf('player', number) as PlayerId;

const recorded = (type: string, number: number, version: number, at: bigint, data: JsonObject): RecordedEvent => ({
  ...{ type, data, tenant, schemaVersion: 1, metadata: {}, recordedAt: at, version: BigInt(version) },
  eventId: '00000000-0000-4000-8000-000000000000',
  streamId: `${type}-${number}` as StreamId,
  partition: number % partitions,
  position: BigInt(version),
});

const instant = (micros: bigint): string => new Date(Number(micros / 1_000n)).toISOString();

/** What happened of one player. Most come for a day or two, some nearly every day; on most days little is done, on some much. */
function* historyOf(number: number, { days, lastDay }: Activity): Generator<RecordedEvent> {
  const next = seededRandom(number * 2_654_435_761 + 1); // seeds of neighbours are far apart
  const isBusiest = number === busiest;
  const first = isBusiest ? 0 : Math.floor(next() * days);
  const fading = isBusiest ? 0 : 0.15 + 1.6 * next();
  const playerId = playerOf(number);
  const cohort = next() < 0.5 ? 'control' : 'short';
  let exposed = false;
  for (let day = first; day < days; day += 1) {
    if (next() > (day - first + 1) ** -fading) continue;
    const midnight = BigInt(lastDay - days + 1 + day) * dayMicros;
    const starts = midnight + BigInt(Math.floor(next() * 70_000)) * 1_000_000n;
    if (!exposed && day >= days / 2) {
      exposed = true;
      yield recorded('ExperimentExposed', number, 1, starts + 1n, { experiment, run: 1, playerId, cohort });
    }
    const count = isBusiest ? eventsOfBusiest : Math.min(mostEventsInDay, Math.floor(next() ** -0.7));
    const all = Array.from({ length: count }, (_, index) => {
      const name = eventNames[index % eventNames.length]!;
      const at = instant(isBusiest ? midnight + BigInt(index) * eventMicros : starts + BigInt(index) * eventMicros);
      const isTagged = exposed && index % 4 === 0;
      return {
        ...{ id: idOf(`event ${number} ${day}`, index), name, at, deviceAt: at },
        measures:
          name === 'item_bought'
            ? { price: Math.ceil(next() * 20) }
            : { level: Math.ceil(next() * 50), seconds: index },
        properties: index % 2 === 0 ? sealed : null,
        ...(isTagged ? { experiment, cohort } : { experiment: null, cohort: null }),
      };
    });
    for (let from = 0; from < count; from += 100) {
      const events = all.slice(from, from + 100);
      const data = { playerId, sessionId: null, receivedAt: events.at(-1)!.at, sentAt: null, events };
      yield recorded('AnalyticsCollected', number, day * 10 + from / 100 + 1, starts, data);
    }
    for (const { id, name, at } of all) {
      if (name !== 'item_bought') continue;
      const price = { amount: 99 + 100 * Math.floor(next() * 20), currency: next() < 0.7 ? 'USD' : 'EUR' };
      const productId = `product-${Math.floor(next() ** -0.7)}`.slice(0, 12);
      const bought = { purchaseId: id, playerId, productId, store: 'test', transaction: '0'.repeat(64) };
      yield recorded('PurchaseValidated', number, 1, starts, { ...bought, purchasedAt: at, price, grants: [] });
    }
  }
}

/** Fills the first generation of the read models of analytics with what many players did, the same each time.
 *  @param onPlayers called now and then with how many players are done */
export async function fillWithActivity(
  database: Database,
  activity: Activity,
  onPlayers: (done: number) => void,
): Promise<void> {
  const readModels: readonly Projection[] = [analytics, exposures, revenue];
  let next = 0;
  const worker = async () => {
    while (next < activity.players) {
      const from = next;
      next = Math.min(activity.players, from + playersAtOnce);
      const to = next;
      const folds = readModels.map((readModel) => ({ types: readModel.types, fold: readModel.fold(1) }));
      for (let number = from; number < to; number += 1)
        for (const event of historyOf(number, activity))
          for (const { types, fold } of folds) if (types.includes(event.type)) fold.add(event);
      for (const { fold } of folds) await database.transaction((sql) => fold.write(sql));
      if (to % 10_000 === 0) onPlayers(to);
    }
  };
  await Promise.all(Array.from({ length: writers }, worker));
}
