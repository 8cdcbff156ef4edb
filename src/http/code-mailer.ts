import type { CommandContext } from '../commands/context.ts';
import type { EmailRuntime } from '../commands/email.ts';
import { issueEmailCode } from '../commands/email-code.ts';
import type { CodePurpose } from '../events/email.ts';
import type { EmailHash } from '../events/ids.ts';
import { emailCodeHash, newEmailCode } from '../security/email-address.ts';
import type { Dependencies } from './dependencies.ts';

const codeLifeS = 3_600;
const maxMails = 100;
const texts: Readonly<Record<CodePurpose, { readonly subject: string; readonly text: (code: string) => string }>> = {
  verify: {
    subject: 'Verify your e-mail address',
    text: (code) => `Your code: ${code}\n\nIt is good for an hour. If you made no account, do nothing.`,
  },
  reset: {
    subject: 'Set a new password',
    text: (code) => `Your code: ${code}\n\nIt is good for an hour. If you did not ask for it, do nothing.`,
  },
};

/** Sends codes to addresses that have somebody to send them to. No answer waits for it, so that none tells whether there is. */
export function createCodeMailer(
  runtime: EmailRuntime,
  { ring, mailer, log, now }: Pick<Dependencies, 'ring' | 'mailer' | 'log' | 'now'>,
) {
  let mailing = 0;
  return async (emailHash: EmailHash, purpose: CodePurpose, context: CommandContext): Promise<void> => {
    if (mailing >= maxMails) return void log.warn({ purpose }, 'an e-mail was not sent: too many are under way');
    mailing += 1;
    try {
      const code = newEmailCode();
      const codeHash = emailCodeHash(ring.keys().pepper, context.tenant, code);
      const { key: _, remember: __, ...base } = context;
      const expiresAt = new Date(now() + codeLifeS * 1000).toISOString();
      const issued = await issueEmailCode(runtime, { emailHash, codeHash, purpose, expiresAt }, base);
      if (issued === null) return;
      const { subject, text } = texts[purpose];
      await mailer.send({ tenant: context.tenant, to: issued.address, subject, text: text(code), key: codeHash });
    } catch (error) {
      log.error({ purpose, err: error }, 'an e-mail was not sent');
    } finally {
      mailing -= 1;
    }
  };
}
