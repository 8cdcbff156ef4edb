import { z } from 'zod';
import { partitionOf } from '../event-store/partition.ts';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import { parseEvent } from '../events/catalogue.ts';
import type { Sql } from '../ports/database.ts';
import type { ReplayProgress } from './build.ts';

/** Something that a guarantee rules out. @property guarantee as docs/guarantees.md numbers it */
export type Violation = { readonly guarantee: string; readonly place: string; readonly problem: string };

type Version = { readonly stream: string; readonly version: bigint };

/** What was looked at, and what was found. Work that was interrupted goes on from it.
 *  @property partitions   the last position that was looked at in each
 *  @property versions     the last one along the index of streams
 *  @property unknownTypes events of types that this build does not know, which is no violation */
export type LogProgress = {
  events: number;
  streams: number;
  readonly partitions: Map<number, { readonly position: bigint; readonly recordedAt: bigint }>;
  versions: Version;
  readonly violations: Violation[];
  readonly unknownTypes: Map<string, number>;
};

export const nothingVerified = (): LogProgress => ({
  events: 0,
  streams: 0,
  partitions: new Map(),
  versions: { stream: '', version: 0n },
  violations: [],
  unknownTypes: new Map(),
});

/** @property upTo   the cut; @property maxViolations after so many the search ends, and no more are kept
 *  @property progress is moved on, and told to `onProgress` when it is whole */
export type VerifyOptions = {
  readonly log: EventLog;
  readonly database: Sql;
  readonly upTo: LogPosition;
  readonly maxViolations: number;
  readonly progress: LogProgress;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
};

const pageSize = 2_000;

/** Looks through the whole log: gapless positions and versions, times that never decrease, streams in their partition, events that their
 *  definitions accept. Memory does not grow with the log. */
export async function verifyLog(options: VerifyOptions): Promise<void> {
  const { upTo, progress, signal } = options;
  const total = Number([...upTo.values()].reduce((sum, end) => sum + end, 0n));
  for (const [partition, end] of upTo) {
    while (lastOf(progress, partition).position < end && !enough(options)) {
      signal?.throwIfAborted();
      await verifyPage(options, partition, end);
      options.onProgress?.({ events: progress.events, total });
    }
  }
  if (!enough(options)) await verifyVersions(options);
}

const lastOf = ({ partitions }: LogProgress, partition: number) =>
  partitions.get(partition) ?? { position: 0n, recordedAt: 0n };
const enough = ({ progress, maxViolations }: VerifyOptions) => progress.violations.length >= maxViolations;

function note(options: VerifyOptions, guarantee: string, place: string, problem: string) {
  if (!enough(options)) options.progress.violations.push({ guarantee, place, problem });
}

async function verifyPage(options: VerifyOptions, partition: number, end: bigint): Promise<void> {
  const { log, progress } = options;
  const found = (place: string, problem: string, guarantee = 'G3') => note(options, guarantee, place, problem);
  let last = lastOf(progress, partition);
  const page = await log.readPartition(partition, { after: last.position, limit: pageSize });
  for (const event of page) {
    if (event.position > end) break;
    const place = `${partition}-${event.position}`;
    if (event.position !== last.position + 1n) found(place, `position ${last.position + 1n} is missing before it`);
    if (event.recordedAt < last.recordedAt) found(place, 'was recorded before the event that stands before it');
    if (partitionOf(event.streamId, log.info.partitions) !== partition)
      found(place, `stream ${event.streamId} belongs to another partition`);
    const { unknownTypes } = progress;
    try {
      if (parseEvent(event) === null) unknownTypes.set(event.type, (unknownTypes.get(event.type) ?? 0) + 1);
    } catch (error) {
      found(place, error instanceof Error ? error.message : String(error), 'G9');
    }
    last = { position: event.position, recordedAt: event.recordedAt };
    progress.events += 1;
  }
  if (page.length === 0) {
    found(`${partition}-${last.position + 1n}`, `the log ends here, although its partition says ${end}`);
    last = { ...last, position: end };
  }
  progress.partitions.set(partition, last);
}

const versionRow = z.object({
  stream_id: z.string(),
  version: z.coerce.bigint(),
  before: z.coerce.bigint().nullable(),
});
const pageRow = z.object({
  rows: z.coerce.number(),
  streams: z.coerce.number(),
  stream_id: z.string(),
  version: z.coerce.bigint(),
});

const versionsPerPage = 50_000;

/** Versions along the index of streams, page by page. */
async function verifyVersions(options: VerifyOptions): Promise<void> {
  const { database, progress, signal } = options;
  for (;;) {
    signal?.throwIfAborted();
    const at = progress.versions;
    const page = `SELECT stream_id, version FROM events WHERE (stream_id, version) > ($1::text, $2::int8) ORDER BY stream_id, version LIMIT ${versionsPerPage}`;
    const { rows: holes } = await database.query(
      `SELECT stream_id, version, before FROM (
         SELECT stream_id, version, lag(version) OVER (PARTITION BY stream_id ORDER BY version) AS before FROM (${page}) AS page) AS followed
       WHERE version <> COALESCE(before, CASE WHEN stream_id = $1::text THEN $2::int8 ELSE 0 END) + 1
       ORDER BY stream_id, version LIMIT 100`,
      [at.stream, `${at.version}`],
    );
    const { rows: ends } = await database.query(
      `SELECT count(*) OVER () AS rows, (SELECT count(DISTINCT stream_id) FROM (${page}) AS names WHERE stream_id <> $1::text) AS streams, stream_id, version
       FROM (${page}) AS page ORDER BY stream_id DESC, version DESC LIMIT 1`,
      [at.stream, `${at.version}`],
    );
    for (const row of holes.map((each) => versionRow.parse(each)))
      note(
        options,
        'G2',
        `${row.stream_id} version ${row.version}`,
        `does not follow version ${row.before ?? at.version}`,
      );
    const end = ends.map((each) => pageRow.parse(each))[0];
    if (end === undefined) return;
    progress.streams += end.streams;
    progress.versions = { stream: end.stream_id, version: end.version };
    if (end.rows < versionsPerPage || enough(options)) return;
  }
}
