import { mailEmailCode } from '../commands/email-code-mail.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import type { CodePurpose, EmailCodeRequestEvent, EmailEvent } from '../events/email.ts';
import type { NotificationId, TenantId } from '../events/ids.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import { defineReactor, type Reactor } from './reactor.ts';

/** A new code, and what stands for it in the log. */
export type NewCode = (tenant: TenantId) => { readonly code: string; readonly codeHash: string };

export const codeLifeMs = 3_600_000;
const texts: Readonly<Record<CodePurpose, { readonly title: string; readonly content: (code: string) => string }>> = {
  verify: {
    title: 'Verify your e-mail address',
    content: (code) => `Your code: ${code}\n\nIt is good for an hour. If you made no account, do nothing.`,
  },
  reset: {
    title: 'Set a new password',
    content: (code) => `Your code: ${code}\n\nIt is good for an hour. If you did not ask for it, do nothing.`,
  },
};

/** Issues a code to whoever claims an address, or asks for one, and sends it as a notification is sent: with retries, and a dead letter in
 *  the end. Nothing is done for what is older than a code lives. */
export const codeMails = (runtime: CommandRuntime & { readonly vault: PersonalDataVault }, newCode: NewCode): Reactor =>
  defineReactor<Extract<EmailEvent, { type: 'EmailClaimed' }> | EmailCodeRequestEvent>({
    name: 'code-mails',
    from: 'beginning',
    types: ['EmailClaimed', 'EmailCodeRequested'],
    async react({ type, tenant, eventId, data, metadata, recordedAt }, reaction) {
      const { emailHash } = data;
      const { occurredAt } = metadata;
      const expires = codeLifeMs + (occurredAt === undefined ? Number(recordedAt / 1000n) : Date.parse(occurredAt));
      if (emailHash === null || reaction.now >= expires) return;
      const purpose = type === 'EmailClaimed' ? 'verify' : data.purpose;
      await reaction.once((context) => {
        const { code, codeHash } = newCode(tenant);
        const { title, content } = texts[purpose];
        const text = { title, content: content(code), expiresAt: new Date(expires).toISOString() };
        const notificationId = eventId as string as NotificationId;
        return mailEmailCode(runtime, { notificationId, emailHash, codeHash, purpose, ...text }, context);
      });
    },
  });
