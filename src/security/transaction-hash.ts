import { createHash } from 'node:crypto';

/** What stands for a store's id of a payment in events: SHA-256, 64 hexadecimal digits. */
export const transactionHash = (transactionId: string): string =>
  createHash('sha256').update(transactionId, 'utf8').digest('hex');
