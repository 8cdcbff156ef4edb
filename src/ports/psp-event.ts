import type { Reversal, TransactionRef } from '../events/purchase.ts';

/** What a payment service provider tells us.
 *  @property id       its own id of the event, 1 to 255 visible ASCII characters
 *  @property reversed the payment that was taken back; null = nothing that we act on */
export type PspEvent = {
  readonly id: string;
  readonly reversed: (TransactionRef & { readonly reason: Reversal }) | null;
};

/** Reads the body of a webhook. @returns null when it is of another form */
export type ParsePspEvent = (body: string) => PspEvent | null;
