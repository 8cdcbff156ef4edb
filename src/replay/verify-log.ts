import { z } from 'zod';
import { partitionOf } from '../event-store/partition.ts';
import type { EventLog, LogPosition } from '../event-store/port.ts';
import { parseEvent } from '../events/catalogue.ts';
import type { Sql } from '../ports/database.ts';
import type { ReplayProgress } from './build.ts';

/** Something that a guarantee rules out. @property guarantee as docs/guarantees.md numbers it */
export type Violation = { readonly guarantee: string; readonly place: string; readonly problem: string };

/** @property unknownTypes events of types that this build does not know, which is no violation */
export type LogReport = {
  readonly events: number;
  readonly streams: number;
  readonly violations: readonly Violation[];
  readonly unknownTypes: ReadonlyMap<string, number>;
};

/** @property upTo   the cut; @property maxViolations after so many the search ends */
export type VerifyOptions = {
  readonly log: EventLog;
  readonly database: Sql;
  readonly upTo: LogPosition;
  readonly maxViolations: number;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
};

const pageSize = 2_000;

/** Looks through the whole log: gapless positions and versions, times that never decrease, streams in their partition, events that their
 *  definitions accept. Memory does not grow with the log. */
export async function verifyLog(options: VerifyOptions): Promise<LogReport> {
  const { log, upTo, signal } = options;
  const violations: Violation[] = [];
  const unknownTypes = new Map<string, number>();
  const total = Number([...upTo.values()].reduce((sum, end) => sum + end, 0n));
  let events = 0;
  const found = (guarantee: string, place: string, problem: string) => violations.push({ guarantee, place, problem });
  const enough = () => violations.length >= options.maxViolations;

  for (const [partition, end] of upTo) {
    let last = { position: 0n, recordedAt: 0n };
    while (last.position < end && !enough()) {
      signal?.throwIfAborted();
      const page = await log.readPartition(partition, { after: last.position, limit: pageSize });
      for (const event of page) {
        if (event.position > end) break;
        const place = `${partition}-${event.position}`;
        if (event.position !== last.position + 1n)
          found('G3', place, `position ${last.position + 1n} is missing before it`);
        if (event.recordedAt < last.recordedAt)
          found('G3', place, 'was recorded before the event that stands before it');
        if (partitionOf(event.streamId, log.info.partitions) !== partition)
          found('G3', place, `stream ${event.streamId} belongs to another partition`);
        try {
          if (parseEvent(event) === null) unknownTypes.set(event.type, (unknownTypes.get(event.type) ?? 0) + 1);
        } catch (error) {
          found('G9', place, error instanceof Error ? error.message : String(error));
        }
        last = { position: event.position, recordedAt: event.recordedAt };
        events += 1;
      }
      options.onProgress?.({ events, total });
      if (page.length > 0) continue;
      found('G3', `${partition}-${last.position + 1n}`, `the log ends here, although its partition says ${end}`);
      break;
    }
  }
  const streams = enough() ? 0 : await verifyVersions(options, found, enough);
  return { events, streams, violations: violations.slice(0, options.maxViolations), unknownTypes };
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

/** Versions along the index of streams, page by page. @returns how many streams there are */
async function verifyVersions(
  { database, signal }: VerifyOptions,
  found: (guarantee: string, place: string, problem: string) => void,
  enough: () => boolean,
): Promise<number> {
  let at = { stream: '', version: 0n };
  let streams = 0;
  const limit = 50_000;
  for (;;) {
    signal?.throwIfAborted();
    const page = `SELECT stream_id, version FROM events WHERE (stream_id, version) > ($1::text, $2::int8) ORDER BY stream_id, version LIMIT ${limit}`;
    const { rows: holes } = await database.query(
      `SELECT stream_id, version, before FROM (
         SELECT stream_id, version, lag(version) OVER (PARTITION BY stream_id ORDER BY version) AS before FROM (${page}) AS page) AS followed
       WHERE version <> COALESCE(before, CASE WHEN stream_id = $1::text THEN $2::int8 ELSE 0 END) + 1
       ORDER BY stream_id, version LIMIT 100`,
      [at.stream, `${at.version}`],
    );
    for (const row of holes.map((each) => versionRow.parse(each)))
      found('G2', `${row.stream_id} version ${row.version}`, `does not follow version ${row.before ?? at.version}`);
    const { rows: ends } = await database.query(
      `SELECT count(*) OVER () AS rows, (SELECT count(DISTINCT stream_id) FROM (${page}) AS names WHERE stream_id <> $1::text) AS streams, stream_id, version
       FROM (${page}) AS page ORDER BY stream_id DESC, version DESC LIMIT 1`,
      [at.stream, `${at.version}`],
    );
    const end = ends.map((each) => pageRow.parse(each))[0];
    if (end === undefined) return streams;
    streams += end.streams;
    at = { stream: end.stream_id, version: end.version };
    if (end.rows < limit || enough()) return streams;
  }
}
