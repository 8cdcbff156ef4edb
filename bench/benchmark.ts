import type { BenchDatabase, BenchServer } from './harness/server.ts';

/** What a result must reach: a multiple of the peer's value in the same run, or a value of its own. */
export type Floor = { readonly timesPeer: number } | { readonly value: number };

/** One line of the report.
 *  @property better which direction is an improvement
 *  @property floor  null = reported without a demand */
export type Measure = {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly floor: Floor | null;
};

/** Values of one round by the name of their measure. */
export type Values = Readonly<Record<string, number>>;

/** A benchmark that is ready to be run, several times.
 *  @property peer null where nothing comparable exists */
export type Prepared = {
  readonly sandai: () => Promise<Values>;
  readonly peer: { readonly name: string; readonly measure: () => Promise<Values> } | null;
  readonly close: () => Promise<void>;
};

/** @property server   everything of a run is measured on this one
 *  @property database a migrated one: empty, or the long log that a run was asked to measure on
 *  @property withPeer whether peers are measured too
 *  @property tell     one line about what takes long */
export type Surroundings = {
  readonly server: BenchServer;
  readonly database: () => Promise<BenchDatabase>;
  readonly release: (database: BenchDatabase) => Promise<void>;
  readonly withPeer: boolean;
  readonly tell: (line: string) => void;
};

/** @property long   only with `--full`
 *  @property rounds how often at most, where the result of one round is not a matter of luck */
export type Benchmark = {
  readonly name: string;
  readonly measures: readonly Measure[];
  readonly long?: boolean;
  readonly rounds?: number;
  readonly prepare: (surroundings: Surroundings) => Promise<Prepared>;
};
