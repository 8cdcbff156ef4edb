import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailer } from '../ports/mailer.ts';
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

/** Puts e-mails into a folder, one file each that only its owner may read: what a fresh clone has instead of a service. */
export const mailFolder = (folder: string): Mailer => ({
  async send({ to, subject, text }) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}.txt`;
    await writeFile(join(folder, name), `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600, flag: 'wx' });
    return 'recorder';
  },
});
