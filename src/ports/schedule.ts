/** Times given by cron expressions of five parts, in UTC. */
export interface Schedule {
  /** The first time after a moment; null = there is none.
   *  @param after milliseconds since 1970
   *  @throws when the expression is none: see {@link isValid} */
  next(cron: string, after: number): number | null;
  isValid(cron: string): boolean;
}
