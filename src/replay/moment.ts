import { z } from 'zod';
import type { LogInfo, LogPosition } from '../event-store/port.ts';
import type { Database, Sql } from '../ports/database.ts';
import { ReplayStopped } from './errors.ts';

/** A cut through the whole log: every event that was recorded until then, and none after.
 *  All events of one append have one time, so a cut never shows half of an append.
 *  @property micros   the time, in microseconds since 1970
 *  @property position the last position of each partition up to it */
export type Moment = { readonly micros: bigint; readonly position: LogPosition };

/** A time as text, exact to the microsecond. */
export const momentText = ({ micros }: Pick<Moment, 'micros'>): string =>
  `${new Date(Number(micros / 1000n)).toISOString().slice(0, -1)}${String(micros % 1000n).padStart(3, '0')}Z`;

/** What an analyst gave as a moment cannot be resolved; the message says what to give. */
export class NoSuchMoment extends ReplayStopped {
  override readonly name = 'NoSuchMoment';
}

const forms =
  'Give "now", a time as in 2026-11-21T12:00:00Z, a Sandai-Position header, or a partition and a position as in 3-1200.';
const place = /^(?:([0-9a-f-]{36})\.)?(\d{1,5}-\d{1,18}(?:,\d{1,5}-\d{1,18})*)$/;
const instant = z.iso.datetime({ offset: true });

const micros = (column: string) => `(extract(epoch from ${column}) * 1000000)::int8`;
const timeOf = (parameter: string) => `to_timestamp(0) + ${parameter}::int8 * interval '1 microsecond'`;

/** Resolves a moment once, so that everything built from it is of one state of the log.
 *  A position means the moment when its last event was recorded.
 *  @param text `now`, an RFC 3339 time, a position token, or `<partition>-<position>`
 *  @throws NoSuchMoment */
export async function resolveMoment(database: Database, info: LogInfo, text: string): Promise<Moment> {
  const at = await microsOf(database, info, text);
  const ends = await freeze(database, at);
  return { micros: at.micros, position: at.isNow ? ends : await cut(database, ends, at.micros) };
}

type Wanted = { micros: bigint; isNow: boolean };

async function microsOf(sql: Sql, info: LogInfo, text: string): Promise<Wanted> {
  if (text === 'now') return { micros: 0n, isNow: true };
  const [, logId, places] = place.exec(text) ?? [];
  if (places !== undefined) return { micros: await timeOfPlaces(sql, info, logId, places), isNow: false };
  if (!instant.safeParse(text).success) throw new NoSuchMoment(`"${text}" is no moment. ${forms}`);
  return { micros: microsOfInstant(text), isNow: false };
}

/** Exact to the microsecond, which a Date is not. */
function microsOfInstant(text: string): bigint {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const whole = BigInt(Date.parse(text.replace(/\.\d+/, ''))) * 1000n;
  return whole + BigInt(fraction.slice(0, 6).padEnd(6, '0') || '0');
}

async function timeOfPlaces(sql: Sql, info: LogInfo, logId: string | undefined, places: string): Promise<bigint> {
  if (logId !== undefined && logId !== info.logId)
    throw new NoSuchMoment(`That position is of another log: this one is ${info.logId}.`);
  const wanted = places.split(',').map((each) => each.split('-') as [string, string]);
  const { rows } = await sql.query(
    `SELECT count(*) AS found, max(${micros('e.recorded_at')}) AS micros
     FROM unnest($1::int8[], $2::int8[]) AS w (partition, position)
     JOIN events e ON e.partition = w.partition AND e.position = w.position`,
    [wanted.map(([partition]) => Number(partition)), wanted.map(([, position]) => position)],
  );
  const found = z.object({ found: z.coerce.number(), micros: z.coerce.bigint().nullable() }).parse(rows[0]);
  if (found.found < wanted.length || found.micros === null)
    throw new NoSuchMoment(`The log holds no event at ${places}. ${forms}`);
  return found.micros;
}

/** Waits for appends in flight and sees to it that no later event gets a time up to the moment. @returns the ends of the partitions */
async function freeze(database: Database, wanted: Wanted): Promise<LogPosition> {
  return database.transaction(async (sql) => {
    const { rows } = await sql.query(
      `SELECT partition, position, ${micros('recorded_at')} AS micros FROM log_partitions ORDER BY partition FOR UPDATE`,
    );
    const ends = rows.map((row) => endRow.parse(row));
    const { rows: clock } = await sql.query(`SELECT ${micros('clock_timestamp()')} AS micros`);
    const now = z.object({ micros: z.coerce.bigint() }).parse(clock[0]).micros;
    let latest = now;
    for (const end of ends) if (end.micros > latest) latest = end.micros;
    if (wanted.isNow) wanted.micros = latest;
    if (wanted.micros > latest)
      throw new NoSuchMoment('That moment lies in the future: what will be recorded until then is not known yet.');
    await sql.query(`UPDATE log_partitions SET recorded_at = ${timeOf('$1')} WHERE recorded_at < ${timeOf('$1')}`, [
      `${wanted.micros + 1n}`,
    ]);
    return new Map(ends.map(({ partition, position }) => [partition, position]));
  });
}
const endRow = z.object({ partition: z.coerce.number(), position: z.coerce.bigint(), micros: z.coerce.bigint() });

/** Last position of each partition up to a time: times never decrease inside a partition, so halving finds it. */
async function cut(sql: Sql, ends: LogPosition, at: bigint): Promise<LogPosition> {
  const low = new Map([...ends.keys()].map((partition) => [partition, 0n]));
  const high = new Map(ends);
  for (;;) {
    const open = [...low].filter(([partition, from]) => from < high.get(partition)!);
    if (open.length === 0) return low;
    const middles = open.map(([partition, from]) => [partition, (from + high.get(partition)! + 1n) / 2n] as const);
    const { rows } = await sql.query(
      `SELECT e.partition, e.recorded_at <= ${timeOf('$3')} AS until FROM unnest($1::int8[], $2::int8[]) AS w (partition, position)
       JOIN events e ON e.partition = w.partition AND e.position = w.position`,
      [middles.map(([partition]) => partition), middles.map(([, position]) => `${position}`), `${at}`],
    );
    const until = new Map(rows.map((row) => untilRow.parse(row)).map((row) => [row.partition, row.until]));
    for (const [partition, middle] of middles) {
      const isUntil = until.get(partition);
      if (isUntil === undefined)
        throw new Error(`the log has no event at partition ${partition} position ${middle}: run "npx sandai verify"`);
      if (isUntil) low.set(partition, middle);
      else high.set(partition, middle - 1n);
    }
  }
}
const untilRow = z.object({ partition: z.coerce.number(), until: z.boolean() });
