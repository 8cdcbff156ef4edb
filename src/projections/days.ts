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
