import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RecordKey } from '../event-store/port.ts';
import { sweepExpiredRecords } from '../event-store/sql/records.ts';
import type { Sql } from '../ports/database.ts';

const everyMs = 3_600_000;
const chunk = 1_000;
const pauseMs = 50;

/** Deletes expired idempotency records, once an hour, in small statements with pauses. Processes may do so side by side.
 *  @returns what ends it */
export function startSweeping(sql: Sql, log: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const sweep = async () => {
    let after: RecordKey | null = null;
    do {
      after = await sweepExpiredRecords(sql, after, chunk);
      await sleep(pauseMs, undefined, { signal, ref: false });
    } while (after !== null);
  };
  const loop = async () => {
    for (;;) {
      await sleep(everyMs * (0.9 + Math.random() * 0.2), undefined, { signal, ref: false });
      try {
        await sweep();
      } catch (error) {
        if (signal.aborted) throw error;
        log.warn({ err: error }, 'expired idempotency records were not all deleted; the next sweep goes on');
      }
    }
  };
  const looping = loop().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return async () => {
    stopping.abort();
    await looping;
  };
}
