import { parseEventAs } from '../events/catalogue.ts';
import type { ConfigEvent } from '../events/config.ts';
import type { JsonObject, JsonValue, RecordedEvent } from '../events/envelope.ts';
import type { ExperimentEvent } from '../events/experiment.ts';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, LogView } from '../ports/projection.ts';
import { type ConfigVariantRow, configVariants, configVariantsPage } from './config-variants.ts';
import { type ExperimentRow, experimentsPage } from './experiment-queries.ts';

/** An experiment in memory: its definition, and what the run has made of it. Times in ms since 1970.
 *  @property run null = it does not run */
export type LiveExperiment = Pick<ExperimentRow['definition'], 'cohorts' | 'control' | 'targeting' | 'layer'> & {
  readonly experiment: string;
  readonly run: number | null;
  readonly ramp: number;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
};
type LiveVariant = { readonly version: bigint; readonly values: JsonObject };

/** Experiments and what cohorts are configured with, in memory, following the log. */
export type RemoteConfig = LogView & {
  /** Experiments that run, by id. */
  running(tenant: TenantId): readonly LiveExperiment[];
  experiment(tenant: TenantId, id: string): LiveExperiment | null;
  variant(tenant: TenantId, experiment: string, cohort: string): LiveVariant | null;
  /** Another one after each change of anything here, the same in every process that has seen the same. */
  revision(tenant: TenantId): string;
  readonly size: number;
};

type Place = {
  readonly experiments: Map<string, ExperimentRow>;
  readonly variants: Map<string, LiveVariant>;
  revision: bigint;
  running: readonly LiveExperiment[] | null;
};

const pageSize = 1_000;
const timeOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const liveOf = ({ experiment, definition, status, run, ramp }: ExperimentRow): LiveExperiment => {
  const { cohorts, control, targeting, layer, startsAt, endsAt } = definition;
  const times = { startsAt: timeOf(startsAt), endsAt: timeOf(endsAt) };
  return { experiment, run: status === 'running' ? run : null, cohorts, control, targeting, layer, ramp, ...times };
};

/** The value with the names in its objects in order: the database keeps them in another one than the process that wrote them, and every
 *  process is to give the same answer. */
const inOrder = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, inOrder(part)]));
};

function changed(row: ExperimentRow | undefined, event: RecordedEvent<ExperimentEvent>): ExperimentRow | null {
  const { tenant, version } = event;
  if (event.type === 'ExperimentDefined') {
    const { experiment, restores: _, ...definition } = event.data;
    const { ramp } = definition;
    return { tenant, experiment, definition, status: 'defined', run: row?.run ?? 0, ramp, version };
  }
  if (row === undefined) return null;
  switch (event.type) {
    case 'ExperimentStarted':
      return { ...row, version, status: 'running', run: event.data.run, ramp: row.definition.ramp };
    case 'ExperimentRamped':
      return { ...row, version, ramp: event.data.ramp };
    case 'ExperimentStopped':
      return { ...row, version, status: 'stopped' };
  }
}

/** @param checkpoints positions that the rows of `experiments` and `config_variants` hold, read anew */
export function createRemoteConfig(
  sql: Sql,
  generations: Generations,
  checkpoints: readonly (() => Promise<ReadonlyMap<number, bigint>>)[],
): RemoteConfig {
  const places = new Map<TenantId, Place>();
  const placeOf = (tenant: TenantId): Place => {
    const known = places.get(tenant);
    if (known !== undefined) return known;
    const place: Place = { experiments: new Map(), variants: new Map(), revision: 0n, running: null };
    places.set(tenant, place);
    return place;
  };
  const keyOf = (experiment: string, cohort: string) => `${experiment}/${cohort}`;
  const putExperiment = (row: ExperimentRow) => {
    const place = placeOf(row.tenant);
    place.revision += row.version - (place.experiments.get(row.experiment)?.version ?? 0n);
    place.experiments.set(row.experiment, row);
    place.running = null;
  };
  const putVariant = ({ tenant, experiment, cohort, version, values }: ConfigVariantRow) => {
    const place = placeOf(tenant);
    const key = keyOf(experiment, cohort);
    const known = place.variants.get(key)?.version ?? 0n;
    if (known >= version) return;
    place.revision += version - known;
    place.variants.set(key, { version, values: inOrder(values) as JsonObject });
  };

  /** Positions from which nothing is missing in any of the read models. */
  async function heldByAll(): Promise<ReadonlyMap<number, bigint>> {
    const [first = new Map<number, bigint>(), ...others] = await Promise.all(checkpoints.map((read) => read()));
    const held = new Map(first);
    for (const [partition, position] of held)
      for (const other of others) {
        const theirs = other.get(partition) ?? 0n;
        if (theirs < (held.get(partition) ?? position)) held.set(partition, theirs);
      }
    return held;
  }

  return {
    name: 'remote_config',
    types: ['ExperimentDefined', 'ExperimentStarted', 'ExperimentRamped', 'ExperimentStopped', ...configVariants.types],
    async load() {
      const from = await heldByAll();
      for (let after: ExperimentRow | null = null; ; ) {
        const page: readonly ExperimentRow[] = await experimentsPage(sql, generations, after, pageSize);
        for (const row of page) putExperiment(row);
        if (page.length < pageSize) break;
        after = page.at(-1)!;
      }
      for (let after: ConfigVariantRow | null = null; ; ) {
        const page: readonly ConfigVariantRow[] = await configVariantsPage(sql, generations, after, pageSize);
        for (const row of page) putVariant(row);
        if (page.length < pageSize) break;
        after = page.at(-1)!;
      }
      return from;
    },
    apply(event) {
      const parsed = parseEventAs<ExperimentEvent | ConfigEvent>(event);
      if (parsed.type === 'ConfigVariantSet')
        return putVariant({ ...parsed.data, tenant: parsed.tenant, version: parsed.version });
      const known = placeOf(parsed.tenant).experiments.get(parsed.data.experiment);
      if (known !== undefined && known.version >= parsed.version) return;
      const row = changed(known, parsed);
      if (row !== null) putExperiment(row);
    },
    running(tenant) {
      const place = places.get(tenant);
      if (place === undefined) return [];
      place.running ??= [...place.experiments.values()]
        .filter(({ status }) => status === 'running')
        .sort((left, right) => (left.experiment < right.experiment ? -1 : 1))
        .map(liveOf);
      return place.running;
    },
    experiment(tenant, id) {
      const row = places.get(tenant)?.experiments.get(id);
      return row === undefined ? null : liveOf(row);
    },
    variant: (tenant, experiment, cohort) => places.get(tenant)?.variants.get(keyOf(experiment, cohort)) ?? null,
    revision: (tenant) => String(places.get(tenant)?.revision ?? 0n),
    get size() {
      let count = 0;
      for (const { experiments, variants } of places.values()) count += experiments.size + variants.size;
      return count;
    },
  };
}
