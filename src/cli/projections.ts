import { Argument, InvalidArgumentError, Option } from 'commander';
import { projections } from '../../projections.config.ts';
import type { Settings } from '../config/settings.ts';
import { openEventStore } from '../event-store/index.ts';
import { openDatabase as openSqlDatabase } from '../event-store/sql/database.ts';
import type { Database, Sql } from '../ports/database.ts';
import type { Projection } from '../ports/projection.ts';
import { choose, listGenerations } from '../processors/generations.ts';
import { pruneGenerations } from '../processors/prune.ts';
import { defaultGraceMs, type RebuildResult, rebuildProjection } from '../processors/rebuild.ts';
import { RebuildStopped } from '../processors/rebuild-fill.ts';
import { RebuildRunning } from '../processors/rebuild-generation.ts';
import { processorStatus } from '../processors/status.ts';
import { pruneScratch } from '../replay/scratch.ts';
import { type CliCommand, UserError } from './command.ts';
import { openDatabase } from './open-database.ts';
import { poisonCommands } from './poison.ts';
import { type ProgressStream, progressDisplay } from './progress.ts';
import { diffCommand } from './projections-diff.ts';
import { projectionsDocument } from './projections-document.ts';
import { jsonOption, parseProjection, rateOption } from './replay.ts';
import { table } from './table.ts';
import { whatIfCommand } from './what-if.ts';
import { withDatabase } from './with-database.ts';

const graceOption = () =>
  new Option('--grace <minutes>', 'keep what was replaced, or left by a replay, less than so many minutes ago')
    .default(defaultGraceMs / 60_000)
    .argParser((text) => {
      if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Give whole minutes, for example 60.');
      return Number(text);
    });

/** Generations in the database beside what this build has. */
async function listProjections(sql: Sql) {
  const generations = await listGenerations(sql);
  return projections.map(({ name, version, types }) => {
    const own = generations.filter((each) => each.projection === name);
    const chosen = choose(own, version);
    return { name, version, types, reads: chosen?.generation ?? null, fed: chosen?.fits ?? false, generations: own };
  });
}

/** Rebuilds one projection with connections of its own. */
export async function rebuild(
  projection: Projection,
  urls: { readonly databaseUrl: string; readonly ownerUrl: string; readonly appRole: string | undefined },
  options: { readonly graceMs: number; readonly stream: ProgressStream; readonly maxEventsPerSecond?: number },
): Promise<RebuildResult> {
  const open: Database[] = [];
  const display = progressDisplay(options.stream);
  const log = await openEventStore({ connectionString: urls.databaseUrl, lanes: 1, readConnections: 4 });
  try {
    const database = await openSqlDatabase({ url: urls.databaseUrl, maxConnections: 3 });
    open.push(database);
    const owner =
      urls.ownerUrl === urls.databaseUrl ? database : await openSqlDatabase({ url: urls.ownerUrl, maxConnections: 1 });
    if (owner !== database) open.push(owner);
    return await rebuildProjection({
      projection,
      log,
      database,
      owner,
      appRole: urls.appRole ?? null,
      graceMs: options.graceMs,
      onProgress: display.show,
      ...(options.maxEventsPerSecond !== undefined && { settings: { maxEventsPerSecond: options.maxEventsPerSecond } }),
    });
  } finally {
    display.end();
    await Promise.all(open.map((each) => each.close()));
    await log.close();
  }
}

/** Runs `use` on the owner's connection. */
async function asOwner<T>(settings: Settings, note: (line: string) => void, use: (sql: Sql) => Promise<T>): Promise<T> {
  const database = await openDatabase(settings, note);
  try {
    const owner = await openSqlDatabase({ url: database.ownerUrl, maxConnections: 1 });
    try {
      return await use(owner);
    } finally {
      await owner.close();
    }
  } finally {
    await database.stop();
  }
}

/** `sandai projections list | status | rebuild | prune | poison`. */
export const projectionsCommand: CliCommand = (program, { settings, out, note }) => {
  const command = program
    .command('projections')
    .description('read models: what they are, how far they are, rebuilding them');

  command
    .command('list')
    .description('show all projections and the generations of their tables')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const listed = await withDatabase(settings(), note, listProjections);
      if (json) return out(JSON.stringify(listed, null, 2));
      const rows = listed.flatMap(({ name, version, reads, fed, generations }) =>
        generations.map((each) => {
          const use = each.generation === reads ? (fed ? 'in use' : 'read, not updated: rebuild it') : '';
          return [name, `${version}`, `${each.generation}`, `${each.version}`, each.status, use];
        }),
      );
      for (const line of table([['PROJECTION', 'VERSION', 'GENERATION', 'MADE BY VERSION', 'STATUS', ''], ...rows]))
        out(line);
    });

  command
    .command('describe')
    .description('print what each projection is for, its events, tables and columns, in Markdown')
    .action(() => out(projectionsDocument(projections).trimEnd()));

  command
    .command('status')
    .description('show how far each processor is behind the log, and what stops it')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const status = await withDatabase(settings(), note, processorStatus);
      if (json) return out(JSON.stringify(status, null, 2));
      const rows = status.map(({ processor, lagEvents, lagSeconds, stopped, unowned, owners }) => [
        processor,
        `${lagEvents}`,
        lagSeconds.toFixed(1),
        `${stopped}`,
        `${unowned}`,
        `${owners}`,
      ]);
      const header = [
        'PROCESSOR',
        'EVENTS BEHIND',
        'SECONDS BEHIND',
        'STOPPED PARTITIONS',
        'FREE PARTITIONS',
        'PROCESSES',
      ];
      for (const line of table([header, ...rows])) out(line);
    });

  command
    .command('rebuild')
    .description('build a projection anew from the log, beside the live one, and switch to it')
    .addArgument(new Argument('<name>', 'the projection').argParser(parseProjection))
    .addOption(graceOption())
    .addOption(rateOption())
    .action(async (projection: Projection, { grace, maxRate }: { grace: number; maxRate?: number }) => {
      const database = await openDatabase(settings(), note);
      try {
        const result = await rebuild(projection, database, {
          graceMs: grace * 60_000,
          stream: process.stderr,
          ...(maxRate !== undefined && { maxEventsPerSecond: maxRate }),
        });
        const { generation, events, seconds, eventsPerSecond } = result;
        out(
          `${projection.name} is served from generation ${generation}: ${events} events in ${seconds.toFixed(1)} s (${Math.round(eventsPerSecond)}/s).`,
        );
      } catch (error) {
        throw error instanceof RebuildStopped || error instanceof RebuildRunning ? new UserError(error.message) : error;
      } finally {
        await database.stop();
      }
    });

  command
    .command('prune')
    .description('drop the tables of generations that were replaced, and what interrupted replays left behind')
    .addOption(graceOption())
    .action(async ({ grace }: { grace: number }) => {
      const graceMs = grace * 60_000;
      await asOwner(settings(), note, async (owner) => {
        const pruned = await pruneGenerations(owner, projections, graceMs);
        const schemas = await pruneScratch(owner, graceMs);
        for (const { projection, generation } of pruned) out(`Dropped generation ${generation} of ${projection}.`);
        for (const schema of schemas) out(`Dropped ${schema}, which an interrupted replay left.`);
        if (pruned.length + schemas.length === 0) out('There is nothing to drop.');
      });
    });

  diffCommand(command, { settings, out, note });
  whatIfCommand(command, { settings, out, note });
  poisonCommands(command, { settings, out, note });
};
