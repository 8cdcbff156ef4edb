import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { WalletEvent } from '../events/wallet.ts';
import type { Projection } from '../ports/projection.ts';
import { dayOf } from './days.ts';
import { type Addition, summingFold } from './summing-fold.ts';
import { physicalTable } from './table.ts';

/** One row per day, asset, cause and partition of the log: how much came to players (`sources`) and how much left them (`sinks`), in how many
 *  movements. */
export const economyTable = {
  name: 'economy_days',
  versioned: false,
  key: ['tenant', 'day', 'kind', 'asset', 'cause', 'partition'],
  columns: {
    tenant: 'text',
    day: 'int',
    kind: 'text',
    asset: 'text',
    cause: 'text',
    partition: 'int',
    sources: 'bigint',
    sinks: 'bigint',
    movements: 'bigint',
    last_position: 'bigint',
  },
} as const;

function movementsIn(event: RecordedEvent): Addition[] {
  const { tenant, partition, recordedAt, data } = parseEventAs<WalletEvent>(event);
  const day = dayOf(recordedAt);
  return data.postings.map(({ kind, asset, amount, from, to }) => ({
    row: { tenant, day, kind, asset, cause: data.cause.kind, partition },
    amounts: {
      sources: to.account === 'player' ? BigInt(amount) : 0n,
      sinks: from.account === 'player' ? BigInt(amount) : 0n,
      movements: 1n,
    },
  }));
}

/** Where what players have comes from, and where it goes. */
export const economy: Projection = {
  name: 'economy',
  about: 'What came to players and what left them, by day, asset and cause.',
  version: 1,
  types: ['LedgerEntryPosted'] satisfies WalletEvent['type'][],
  tables: (generation) => [physicalTable(economyTable, generation)],
  fold: (generation) => summingFold(economyTable, generation, movementsIn),
};
