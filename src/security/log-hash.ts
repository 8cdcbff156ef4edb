import { createHmac, type KeyObject } from 'node:crypto';

/** Stands for an id in log lines: the same id gives the same 12 characters, and without the key they lead nowhere. */
export const hashId = (logHashKey: KeyObject, value: string): string =>
  createHmac('sha256', logHashKey).update(value).digest('base64url').slice(0, 12);
