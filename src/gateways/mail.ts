import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Mailer } from '../ports/mailer.ts';
import { OutsideRefused } from '../ports/outside.ts';
import { postJson } from './http-post.ts';

/** Hands e-mails to a service that sends them: one POST each, with an Idempotency-Key.
 *  @param token sent as a Bearer token; undefined = none */
export const mailGateway = (url: string, token: string | undefined): Mailer => ({
  async send({ tenant, to, subject, text, key }) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    await postJson(url, { tenant, to, subject, text }, { headers: { 'idempotency-key': key, ...authorization } });
    return 'gateway';
  },
});

/** Tries again a few times, unless the mailer says that it never will: for mail that no job sends. */
export function patientMailer(mailer: Mailer, firstPauseMs = 200): Mailer {
  const policy = retry(
    handleWhen((error) => !(error instanceof OutsideRefused && error.permanent)),
    { maxAttempts: 4, backoff: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: 5_000 }) },
  );
  return { send: (mail) => policy.execute(() => mailer.send(mail)) };
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
