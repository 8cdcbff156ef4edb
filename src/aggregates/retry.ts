/** How often something outside is tried before it goes to the dead letters. */
export const maxAttempts = 8;

/** What an attempt that failed came to.
 *  @property attempt   which one it was, from 1; an attempt that is recorded already changes nothing
 *  @property permanent trying again cannot help
 *  @property retryAt   when to try again, RFC 3339 UTC */
export type FailedAttempt = {
  readonly attempt: number;
  readonly reason: string;
  readonly permanent: boolean;
  readonly retryAt: string;
};

export const isLast = ({ attempt, permanent }: FailedAttempt): boolean => permanent || attempt >= maxAttempts;
