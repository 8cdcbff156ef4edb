import { randomUUID } from 'node:crypto';
import type { CommandContext } from '../commands/context.ts';
import { changeExperiment, defineExperiment, findExperiment } from '../commands/experiment.ts';
import type { CommandRuntime, Handled } from '../commands/handle.ts';
import { importPlayer } from '../commands/import-player.ts';
import { maxMeasures, measurePattern } from '../events/analytics.ts';
import { wholeBasisPoints } from '../events/experiment.ts';
import type { CohortName, ExperimentId, TenantId } from '../events/ids.ts';
import type { CohortSums, PlayerRow } from '../experiment-report/tally.ts';
import { importedEventId, importedPlayerId } from '../security/imported-id.ts';
import { UserError } from './command.ts';

const madeHere = 'Imported from ';
const namePattern = /^[A-Za-z0-9._-]{1,64}$/;
/** As many players are on their way at once: the store writes them in shared statements. */
const atOnce = 1_024;

/** @property source  the file's name, for the experiment's description
 *  @property cohorts of the whole file
 *  @property rows    the file's rows, once more */
export type ExperimentImport = {
  readonly tenant: TenantId;
  readonly experiment: ExperimentId;
  readonly source: string;
  readonly cohorts: readonly CohortSums[];
  readonly control: string;
  readonly rows: AsyncIterable<PlayerRow>;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (players: number) => void;
};

/** @property imported  players; @property known those who were there already */
export type Imported = { readonly run: number; readonly imported: number; readonly known: number };

/** Turns rows into events: the experiment, defined and started with a ramp of 0 so that nobody else is drawn into it; the exposure of each
 *  player with what came of it; its end. What is there already is left as it is, so that the same import can be done again, and goes on
 *  where it was broken off.
 *  @throws UserError for an experiment that was not imported, or whose cohorts are others */
export async function importExperiment(runtime: CommandRuntime, asked: ExperimentImport): Promise<Imported> {
  refuseNames(asked);
  const context = <Result>(): CommandContext<Result> => ({
    tenant: asked.tenant,
    actor: 'operator:import',
    correlationId: randomUUID(),
    now: asked.now(),
  });
  const { run, isNew } = await ensureExperiment(runtime, asked, context);
  const counts = await importRows(runtime, asked, { run, isNew }, context);
  await accepted(changeExperiment(runtime, { type: 'StopExperiment', experiment: asked.experiment }, context()));
  return { run, ...counts };
}

type Context = <Result>() => CommandContext<Result>;

function refuseNames({ experiment, cohorts, control }: ExperimentImport): void {
  for (const name of [experiment, ...cohorts.map(({ cohort }) => cohort)])
    if (!namePattern.test(name))
      throw new UserError(`"${name}" is no name: 1 to 64 letters, digits, dots, underscores or dashes.`);
  if (!cohorts.some(({ cohort }) => cohort === control))
    throw new UserError(`There is no cohort ${control}; there are ${cohorts.map(({ cohort }) => cohort).join(', ')}.`);
  const metrics = new Set(cohorts.flatMap((cohort) => [...cohort.metrics.keys()]));
  if (metrics.size > maxMeasures) throw new UserError(`There are ${metrics.size} metrics; at most ${maxMeasures} fit.`);
  for (const metric of metrics)
    if (!measurePattern.test(metric))
      throw new UserError(
        `"${metric}" is no name of a metric: a letter, then up to 39 letters, digits or underscores.`,
      );
}

/** @returns the run, and whether it is new */
async function ensureExperiment(
  runtime: CommandRuntime,
  { tenant, experiment, source, cohorts, control }: ExperimentImport,
  context: Context,
): Promise<{ run: number; isNew: boolean }> {
  const share = Math.floor(wholeBasisPoints / cohorts.length);
  const rest = wholeBasisPoints - share * cohorts.length;
  const definition = {
    description: `${madeHere}${source}`.slice(0, 500),
    cohorts: cohorts.map(({ cohort }, index) => ({
      cohort: cohort as CohortName,
      share: index < rest ? share + 1 : share,
    })),
    control: control as CohortName,
    ...{ targeting: null, layer: null, ramp: 0, startsAt: null, endsAt: null },
  };
  const found = await findExperiment(runtime, tenant, experiment);
  if (found.phase === 'defined') {
    if (!found.definition.description.startsWith(madeHere))
      throw new UserError(`There is an experiment ${experiment} that was not imported: give another name.`);
    const [names, wanted] = [found.definition, definition].map((each) =>
      JSON.stringify([each.control, each.cohorts.map(({ cohort }) => cohort)]),
    );
    if (names !== wanted)
      throw new UserError(`${experiment} was imported with other cohorts, or another control: give another name.`);
    if (found.run > 0) return { run: found.run, isNew: false };
  } else await accepted(defineExperiment(runtime, { experiment, definition, restores: null }, context()));
  const started = await accepted(changeExperiment(runtime, { type: 'StartExperiment', experiment }, context()));
  return { run: started.phase === 'defined' ? started.run : 1, isNew: true };
}

async function importRows(
  runtime: CommandRuntime,
  { tenant, experiment, rows, signal, onProgress }: ExperimentImport,
  { run, isNew }: { run: number; isNew: boolean },
  context: Context,
): Promise<Omit<Imported, 'run'>> {
  let underWay = 0;
  let onFinished = () => {};
  const oneFinished = () =>
    new Promise<void>((resolve) => {
      onFinished = resolve;
    });
  const counts = { imported: 0, known: 0 };
  let isFirst = false; // as of the last one who was written: most files are of players who are all new, or all known
  const failures: unknown[] = [];
  try {
    for await (const { player, cohort, values } of rows) {
      if (signal?.aborted || failures.length > 0) break;
      const playerId = importedPlayerId(tenant, player);
      const eventId = importedEventId(experiment, run, playerId);
      const command = {
        experiment,
        run,
        playerId,
        cohort: cohort as CohortName,
        eventId,
        measures: values,
        isNew,
        isFirst,
      };
      underWay += 1;
      importPlayer(runtime, command, context<boolean>())
        .then(({ outcome, events }) => {
          if (events.length > 0) isFirst = events.every(({ version }) => version === 1n);
          counts[outcome.ok && outcome.value ? 'imported' : 'known'] += 1;
          onProgress?.(counts.imported + counts.known);
        })
        .catch((error: unknown) => void failures.push(error))
        .finally(() => {
          underWay -= 1;
          onFinished();
        });
      if (underWay >= atOnce) await oneFinished();
    }
  } finally {
    while (underWay > 0) await oneFinished();
  }
  if (failures.length > 0) throw failures[0];
  signal?.throwIfAborted();
  return counts;
}

async function accepted<Result>(handled: Promise<Handled<Result>>): Promise<Result> {
  const { outcome } = await handled;
  if (outcome.ok) return outcome.value;
  throw new UserError(`The experiment is refused: ${outcome.code}.`);
}
