import { email } from '../aggregates/email.ts';
import { emailCode } from '../aggregates/email-code.ts';
import { delivery } from '../aggregates/notification-delivery.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { type CodePurpose, emailCodeRequestStream, emailCodeStream, emailStream } from '../events/email.ts';
import type { EmailHash, NotificationId } from '../events/ids.ts';
import { deliveryStream } from '../events/notification.ts';
import { PersonalDataErased, type PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { ownerInErasure } from './sign-in.ts';
import { loadState, using } from './stream-use.ts';

/** Asks for a code for the owner of an address. Who asks takes the same way, and is told the same, when nobody has it. */
export async function requestEmailCode(
  runtime: CommandRuntime,
  {
    requestId,
    emailHash,
    purpose,
  }: { readonly requestId: string; readonly emailHash: EmailHash; readonly purpose: CodePurpose },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant } = context;
  const { playerId } = await loadState(runtime.log, runtime.states, using(email, emailStream(tenant, emailHash)), true);
  const use = using(asked, emailCodeRequestStream(tenant, requestId), 'write', true);
  // of an address that nobody has nothing is kept
  const data = { emailHash: playerId === null ? null : emailHash, purpose };
  const events = [[use, [{ type: 'EmailCodeRequested', data } as const]] as const];
  return handle<null>(runtime, [use], () => ({ ...nothing, events }), context);
}

const nothing = { events: [], outcome: { ok: true, value: null } } as const;
const asked = { initial: null, evolve: () => null };

/** A code on its way to the owner of an address.
 *  @property notificationId the same however often the code is mailed
 *  @property codeHash       what stands for the code in the log
 *  @property title, content of the e-mail, with the code in them; sealed before they are stored
 *  @property expiresAt      RFC 3339 UTC; of the code, and of the e-mail */
export type EmailCodeMail = {
  readonly notificationId: NotificationId;
  readonly emailHash: EmailHash;
  readonly codeHash: string;
  readonly purpose: CodePurpose;
  readonly title: string;
  readonly content: string;
  readonly expiresAt: string;
};

/** Issues a code for the owner of an address, and sends it on its way, in one append. Nothing when nobody has the address, or it needs no
 *  code. */
export async function mailEmailCode(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  mail: EmailCodeMail,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  for (;;) {
    try {
      return await attempt(runtime, mail, context);
    } catch (error) {
      // A player's first key was made elsewhere meanwhile: seal with that one.
      if (error instanceof DataKeyExists) continue;
      if (!(error instanceof PersonalDataErased)) throw error;
      return handle<null>(runtime, [], () => nothing, context);
    }
  }
}

async function attempt(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  { notificationId, emailHash, codeHash, purpose, title, content, expiresAt }: EmailCodeMail,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant } = context;
  const { log, states, vault } = runtime;
  const address = using(email, emailStream(tenant, emailHash));
  const { playerId, passwords, verified } = await loadState(log, states, address, true);
  const isPointless = playerId === null || (purpose === 'verify' && verified);
  if (isPointless || (await ownerInErasure(runtime, tenant, playerId)) !== null)
    return handle<null>(runtime, [], () => nothing, context);
  const sealer = await vault.forWriting(tenant, playerId);
  const texts = {
    title: sealer.encrypt('notification_title', title),
    content: sealer.encrypt('notification_content', content),
  };
  const codeUse = using(emailCode, emailCodeStream(tenant, codeHash), 'write', true);
  const mailUse = using(delivery, deliveryStream(tenant, notificationId, playerId), 'write', true);
  return handle<null>(
    runtime,
    [codeUse, mailUse],
    (stateOf) => {
      const code = { type: 'IssueEmailCode', emailHash, playerId, purpose, passwords, expiresAt } as const;
      const where = { notificationId, playerId, channels: ['email'], emailHash } as const;
      const addressed = { type: 'AddressNotification', ...where, ...texts, expiresAt } as const;
      return {
        events: [
          [codeUse, emailCode.decide(code, stateOf(codeUse)).events],
          [mailUse, delivery.decide(addressed, stateOf(mailUse)).events],
        ],
        outcome: { ok: true, value: null },
        dataKeys: sealer.newKey === null ? [] : [sealer.newKey],
      };
    },
    context,
  );
}
