/** Days are numbers: how many have begun in UTC since 1970. */

/** Length of a day in µs. */
export const dayMicros = 86_400_000_000n;
/** Day of a time in µs since 1970. */
export const dayOf = (micros: bigint): number => Number(micros / dayMicros);
/** Day of an RFC 3339 time. */
export const dayOfInstant = (instant: string): number => dayOf(BigInt(Date.parse(instant)) * 1_000n);

/** Days from one to another, both included. */
export type DayRange = { readonly from: number; readonly to: number };
/** The days of a range, the first one first. */
export const daysOf = ({ from, to }: DayRange): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** A day as people read it: `2026-03-01`. */
export const dateOf = (day: number): string =>
  new Date(Number(BigInt(day) * dayMicros) / 1_000).toISOString().slice(0, 10);
/** The day of such a text. */
export const dayOfDate = (date: string): number => dayOfInstant(`${date}T00:00:00.000Z`);
/** The day of a time in ms since 1970. */
export const dayAt = (ms: number): number => dayOf(BigInt(ms) * 1_000n);
