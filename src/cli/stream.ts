import type { StreamId } from '../events/ids.ts';
import { momentText, resolveMoment } from '../replay/moment.ts';
import type { Change } from '../replay/state-diff.ts';
import { type Entry, timeline } from '../replay/timeline.ts';
import { type CliCommand, UserError } from './command.ts';
import { jsonOption } from './replay.ts';
import { withReplay } from './with-replay.ts';

const value = (each: unknown) => JSON.stringify(each);

function changeLine({ path, before, after }: Change): string {
  const name = path === '' ? '(state)' : path;
  if (before === undefined) return `      + ${name}: ${value(after)}`;
  if (after === undefined) return `      - ${name}: ${value(before)}`;
  return `      ~ ${name}: ${value(before)} → ${value(after)}`;
}

function entryLines({ event, problem, changes }: Entry): string[] {
  const { version, type, recordedAt, partition, position, metadata, data } = event;
  const by = metadata.actor === undefined ? '' : `  by ${metadata.actor}`;
  return [
    `${String(version).padStart(5)} ${momentText({ micros: recordedAt })}  ${type}  at ${partition}-${position}${by}`,
    `      ${value(data)}`,
    ...(problem === null ? [] : [`      ! ${problem}`]),
    ...changes.map(changeLine),
  ];
}

const entryJson = ({ event, problem, changes, state }: Entry) =>
  JSON.stringify({
    version: Number(event.version),
    type: event.type,
    recorded_at: momentText({ micros: event.recordedAt }),
    position: `${event.partition}-${event.position}`,
    event_id: event.eventId,
    schema_version: event.schemaVersion,
    metadata: event.metadata,
    data: event.data,
    problem,
    changes,
    state,
  });

/** `sandai stream show <id>`. */
export const streamCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('stream')
    .description('look into single streams')
    .command('show')
    .description("show a stream's events, and what each did to the stream's state")
    .argument('<id>', 'the stream, for example season-default_spring')
    .option('--as-of <moment>', 'only what was recorded until then: a time, a position or now')
    .addOption(jsonOption().default(false, 'JSON lines, with the whole state after each event'))
    .addHelpText(
      'after',
      `
Examples:
  npx sandai stream show season-default_spring
  npx sandai stream show entry-default_spring_0b0e1895-5a7f-5c51-b92e-f18e51d9592f --as-of 2026-05-01T00:00:00Z --json`,
    )
    .action((id: string, { asOf, json }: { readonly asOf?: string; readonly json?: boolean }) =>
      withReplay(settings(), note, async ({ log, database }) => {
        const until = asOf === undefined ? undefined : (await resolveMoment(database, log.info, asOf)).micros;
        let shown = 0;
        for await (const entry of timeline(log, id as StreamId, until)) {
          for (const line of json ? [entryJson(entry)] : entryLines(entry)) out(line);
          shown += 1;
        }
        if (shown > 0) return;
        throw new UserError(
          asOf === undefined
            ? `There is no stream ${id}. A stream's name is <category>-<tenant>_<id>, as "events export" and the audit log show it.`
            : `There is no stream ${id}, or it began later.`,
        );
      }),
    );
};
