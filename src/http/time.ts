/** RFC 3339 UTC of a time of the log. @param microseconds since 1970 */
export const timeOf = (microseconds: bigint): string => new Date(Number(microseconds / 1000n)).toISOString();
