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
