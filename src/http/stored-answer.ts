import type { IdempotencyRecord, RecordKey } from '../event-store/port.ts';
import { isEncryptedResponse } from '../security/stored-response.ts';
import type { Dependencies } from './dependencies.ts';
import { Problem } from './problem.ts';

/** How an answer is stored: as it is, or encrypted because it holds tokens or personal data. */
export type Sealing = 'tokens' | 'personal' | undefined;

type Answer = { readonly status: number; readonly body: string };

const hour = 3_600_000;

/** Makes records of answers, and answers of records. */
export function createRecordCodec({
  settings,
  storedResponses,
  now,
}: Pick<Dependencies, 'settings' | 'storedResponses' | 'now'>) {
  const { retentionHours, tokenReplayMinutes } = settings.idempotency;
  return {
    /** @param at milliseconds since 1970 */
    record(place: RecordKey, { status, body }: Answer, requestHash: string, at: number, sealing: Sealing) {
      // a refused write's answer holds nothing of value
      const sealed = sealing !== undefined && status < 300;
      // the key must stay taken after its tokens are no longer repeated
      const kept = sealing === 'tokens' ? Math.max(24, retentionHours) : retentionHours;
      const record: IdempotencyRecord = {
        tenant: place.tenant,
        scope: place.scope,
        key: place.key,
        requestHash,
        status,
        response: sealed ? storedResponses.encrypt(place, `${at}\n${body}`) : body,
        expiresAt: at + kept * hour,
      };
      return record;
    },

    /** @throws Problem when the tokens in it are no longer repeated */
    open(record: IdempotencyRecord, sealing: Sealing): string {
      if (!isEncryptedResponse(record.response)) return record.response;
      const text = storedResponses.decrypt(record, record.response);
      const end = text.indexOf('\n');
      const at = Number(text.slice(0, end));
      if (sealing === 'tokens' && now() >= at + tokenReplayMinutes * 60_000)
        throw new Problem('IDEMPOTENCY_KEY_EXPIRED');
      return text.slice(end + 1);
    },
  };
}
