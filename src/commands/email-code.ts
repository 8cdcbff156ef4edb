import { countOf } from '../aggregates/credentials.ts';
import { type Email, email } from '../aggregates/email.ts';
import { emailCode } from '../aggregates/email-code.ts';
import { type PlayerAccount, playerAccount } from '../aggregates/player-account.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { emailCodeStream, emailStream } from '../events/email.ts';
import type { EmailHash, PlayerId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { CommandContext } from './context.ts';
import type { EmailRuntime } from './email.ts';
import { type Decided, type Handled, handle } from './handle.ts';
import { accountEvents, Overtaken, ownerInErasure } from './sign-in.ts';
import { loadState, using } from './stream-use.ts';

type Redeemed = { readonly playerId: PlayerId };
type Redeem<Command> = (
  runtime: EmailRuntime,
  command: Command,
  context: CommandContext<Redeemed>,
) => Promise<Handled<Redeemed>>;

const invalid: Decided<Redeemed> = { events: [], outcome: { ok: false, code: 'EMAIL_CODE_INVALID' } };
const refuse = (runtime: EmailRuntime, context: CommandContext<Redeemed>) =>
  handle<Redeemed>(runtime, [], () => invalid, context);

/** Verifies the address of a code for the player who signs in with it: the code shows whose mailbox it is, the caller whose account.
 *  Code: EMAIL_CODE_INVALID for any code that is not good, or no more, or of another player's address. */
export const verifyEmail: Redeem<{ readonly codeHash: string; readonly playerId: PlayerId }> = async (
  runtime,
  { codeHash, playerId },
  context,
) => {
  const { tenant, now } = context;
  const codeUse = using(emailCode, emailCodeStream(tenant, codeHash));
  const issued = await loadState(runtime.log, runtime.states, codeUse, true);
  if (issued.phase !== 'issued' || issued.playerId !== playerId) return refuse(runtime, context);
  const { emailHash } = issued;
  const emailUse = using(email, emailStream(tenant, emailHash));
  return handle<Redeemed>(
    runtime,
    [codeUse, emailUse],
    (stateOf) => {
      const address = stateOf(emailUse);
      const { passwords } = address;
      const use = { type: 'UseEmailCode', purpose: 'verify', owner: address.playerId, passwords, now } as const;
      const used = emailCode.decide(use, stateOf(codeUse));
      if (used.rejected !== undefined) return invalid;
      return {
        events: [
          [codeUse, used.events],
          [emailUse, email.decide({ type: 'VerifyEmail', emailHash }, address).events],
        ],
        outcome: { ok: true, value: { playerId } },
      };
    },
    context,
  );
};

/** @property playerIdOf the account that an address makes, by the generation of its owners */
export type ResetPassword = {
  readonly codeHash: string;
  readonly password: string;
  playerIdOf(emailHash: EmailHash, generation: number): PlayerId;
};

/** Sets a new password with a code, which shows whose mailbox it is. An address that was never verified may have been given by somebody
 *  else: an account that can be signed in to without it stays theirs, and the address makes a new one.
 *  Code: EMAIL_CODE_INVALID for any code that is not good, or no more. @throws PasswordsBusy
 *  @see docs/decisions/0009-sign-in-and-credentials.md */
export const resetPassword: Redeem<ResetPassword> = async (runtime, { password, ...command }, context) => {
  const { tenant } = context;
  const codeUse = using(emailCode, emailCodeStream(tenant, command.codeHash));
  const issued = await loadState(runtime.log, runtime.states, codeUse, true);
  if (issued.phase !== 'issued' || issued.purpose !== 'reset') return refuse(runtime, context);
  if ((await ownerInErasure(runtime, tenant, issued.playerId)) !== null) return refuse(runtime, context);
  const hashed = await runtime.passwords.hash(password);
  for (;;) {
    try {
      return await attemptReset(runtime, { ...command, ...issued, hashed }, context);
    } catch (error) {
      if (!(error instanceof Overtaken) && !(error instanceof DataKeyExists)) throw error;
    }
  }
};

/** Whether an account is left to those who claimed the address of somebody else with it. */
const isLeft = ({ verified }: Email, { credentials }: PlayerAccount): boolean => !verified && countOf(credentials) > 1;

const attemptReset: Redeem<
  Omit<ResetPassword, 'password'> & {
    readonly emailHash: EmailHash;
    readonly playerId: PlayerId;
    readonly hashed: string;
  }
> = async (runtime, { codeHash, emailHash, playerId: owner, hashed, playerIdOf }, context) => {
  const { tenant, now } = context;
  const { log, states, vault } = runtime;
  const codeUse = using(emailCode, emailCodeStream(tenant, codeHash));
  const emailUse = using(email, emailStream(tenant, emailHash));
  const known = await loadState(log, states, emailUse, true);
  if (known.playerId !== owner || known.address === null) return refuse(runtime, context);
  const ownerStream = playerStream(tenant, owner);
  const leaves = isLeft(known, await loadState(log, states, using(playerAccount, ownerStream), true));
  const accountUse = using(playerAccount, ownerStream, leaves ? 'write' : 'condition');
  const playerId = leaves ? playerIdOf(emailHash, known.generation + 1) : owner;
  const newUse = using(playerAccount, playerStream(tenant, playerId), 'write', true);
  const sealer = leaves ? vault.forNewPlayer(tenant, playerId) : await vault.forWriting(tenant, playerId);
  const sealed = sealer.encrypt('password', hashed);
  const opened = await runtime.open(tenant, owner, 'email', known.address);
  if (opened === null) return refuse(runtime, context);
  const address = sealer.encrypt('email', opened);

  return handle<Redeemed>(
    runtime,
    [codeUse, emailUse, accountUse, ...(leaves ? [newUse] : [])],
    (stateOf) => {
      const before = stateOf(emailUse);
      const account = stateOf(accountUse);
      const { passwords } = before;
      const use = { type: 'UseEmailCode', purpose: 'reset', owner: before.playerId, passwords, now } as const;
      const used = emailCode.decide(use, stateOf(codeUse));
      if (used.rejected !== undefined || account.erasure !== 'none') return invalid;
      if (before.generation !== known.generation || isLeft(before, account) !== leaves) throw new Overtaken();
      const outcome = { ok: true, value: { playerId } } as const;
      if (!leaves) {
        const verified = email.decide({ type: 'VerifyEmail', emailHash }, before).events;
        const changed = email.decide({ type: 'ChangePassword', emailHash, password: sealed }, before).events;
        return {
          events: [
            [codeUse, used.events],
            [emailUse, [...verified, ...changed]],
          ],
          outcome,
        };
      }
      const credential = { playerId: owner, method: 'email', credential: emailHash } as const;
      const unlinked = playerAccount.decide({ type: 'UnlinkCredential', ...credential }, account);
      const passOn = { type: 'PassEmailOn', emailHash, playerId, address, password: sealed } as const;
      const passed = email.decide(passOn, before);
      if (unlinked.rejected !== undefined || passed.rejected !== undefined) throw new Overtaken();
      return {
        events: [
          [codeUse, used.events],
          [emailUse, passed.events],
          [accountUse, unlinked.events],
          [newUse, accountEvents(stateOf(newUse), true, { ...credential, playerId })],
        ],
        outcome,
        dataKeys: sealer.newKey === null ? [] : [sealer.newKey],
      };
    },
    { ...context, actor: playerId },
  );
};
