/** Where something went: to the `gateway` that passes it on, or to a `recorder`, because no gateway is configured. */
export type SentVia = 'gateway' | 'recorder';

/** Somebody outside refused what we sent.
 *  @property reason       one word of ours, without anything they said
 *  @property permanent    trying again cannot help
 *  @property retryAfterMs how long they want to be left alone; 0 = they did not say */
export class OutsideRefused extends Error {
  override readonly name = 'OutsideRefused';
  readonly reason: string;
  readonly permanent: boolean;
  readonly retryAfterMs: number;
  constructor(reason: string, permanent: boolean, retryAfterMs = 0) {
    super(`refused outside: ${reason}`);
    this.reason = reason;
    this.permanent = permanent;
    this.retryAfterMs = retryAfterMs;
  }
}
