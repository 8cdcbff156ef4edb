import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Mailer } from '../ports/mailer.ts';
import { OutsideRefused } from '../ports/outside.ts';
import { postJson } from './http-post.ts';

/** Hands e-mails to a service that sends them: one POST each, with an Idempotency-Key; tried again a few times unless the service says
 *  that it never will.
 *  @param token sent as a Bearer token; undefined = none */
export function mailGateway(url: string, token: string | undefined): Mailer {
  const policy = retry(
    handleWhen((error) => !(error instanceof OutsideRefused && error.permanent)),
    {
      maxAttempts: 4,
      backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }),
    },
  );
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    async send({ tenant, to, subject, text, key }) {
      const headers = { 'idempotency-key': key, ...authorization };
      await policy.execute(() => postJson(url, { tenant, to, subject, text }, { headers }));
      return 'gateway';
    },
  };
}

/** Puts e-mails into a folder, one file each that only its owner may read: what a fresh clone has instead of a service. */
export const mailFolder = (folder: string): Mailer => ({
  async send({ to, subject, text }) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}.txt`;
    await writeFile(join(folder, name), `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600, flag: 'wx' });
    return 'recorder';
  },
});
