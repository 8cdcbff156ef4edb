import { email } from '../aggregates/email.ts';
import { emailCode } from '../aggregates/email-code.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { type CodePurpose, emailCodeStream, emailStream } from '../events/email.ts';
import type { EmailHash, PlayerId, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { type NewSession, ownerInErasure, type SignedIn, signIn } from './sign-in.ts';
import { loadState, using } from './stream-use.ts';

/** @property open opens what was sealed for a player; null = erased */
export type EmailRuntime = CommandRuntime & {
  readonly vault: PersonalDataVault;
  readonly passwords: Passwords;
  open(tenant: TenantId, playerId: PlayerId, field: string, ciphertext: string): Promise<string | null>;
};

/** @property create whether an address that nobody has makes an account, or becomes one of `linkTo`'s credentials */
export type SignInWithEmail = NewSession & {
  readonly emailHash: EmailHash;
  readonly address: string;
  readonly password: string;
  readonly create: boolean;
};

const refused = { events: [], outcome: { ok: false, code: 'INVALID_CREDENTIALS' } } as const;

/** Starts a session with an e-mail address and its password. Unknown addresses and wrong passwords take the same work and have the
 *  same code. Codes: INVALID_CREDENTIALS, PLAYER_NOT_FOUND. @throws PasswordsBusy */
export async function signInWithEmail(
  runtime: EmailRuntime,
  { emailHash, address, password, create, ...session }: SignInWithEmail,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> {
  const { tenant } = context;
  const streamId = emailStream(tenant, emailHash);
  const known = await loadState(runtime.log, runtime.states, using(email, streamId), true);
  const { playerId: owner, passwords } = known;
  const isFree = owner === null || (await ownerInErasure(runtime, tenant, owner)) !== null;

  if (isFree && create) {
    if (session.linkTo === null) session.admitNewPlayer(); // before the work of hashing
    const hashed = await runtime.passwords.hash(password);
    const credential = {
      method: 'email',
      credential: emailHash,
      use: using(email, streamId),
      claim: (state: typeof known, { linkTo, newPlayerId, erased, sealer }: Parameters<ClaimOf>[1]) =>
        email.decide(
          {
            type: 'ClaimEmail',
            emailHash,
            playerId: linkTo ?? newPlayerId,
            erased,
            address: sealer.encrypt('email', address),
            password: sealer.encrypt('password', hashed),
          },
          state,
        ),
    } as const;
    return signIn(runtime, credential, session, context);
  }

  const sealed = isFree || owner === null ? null : known.password;
  const stored = sealed === null || owner === null ? null : await runtime.open(tenant, owner, 'password', sealed);
  const isRight = await runtime.passwords.isRight(password, stored);
  if (!isRight || (session.linkTo !== null && session.linkTo !== owner))
    return handle<SignedIn>(runtime, [], () => refused, context);
  const credential = {
    method: 'email',
    credential: emailHash,
    use: using(email, streamId, 'condition'),
    claim: (state: typeof known) =>
      state.passwords === passwords && state.playerId === owner
        ? { events: [] }
        : { events: [], rejected: 'INVALID_CREDENTIALS' },
  } as const;
  return signIn(runtime, credential, session, context);
}

type ClaimOf = Parameters<typeof signIn<typeof email.initial>>[1]['claim'];

/** Whom a code goes to. */
export type CodeIssued = { readonly address: string; readonly playerId: PlayerId };

/** Issues a code for the owner of an address. @returns where to send it; null when nobody has the address */
export async function issueEmailCode(
  runtime: EmailRuntime,
  {
    emailHash,
    codeHash,
    ...code
  }: {
    readonly emailHash: EmailHash;
    readonly codeHash: string;
    readonly purpose: CodePurpose;
    readonly expiresAt: string;
  },
  context: CommandContext<null>,
): Promise<CodeIssued | null> {
  const { tenant } = context;
  const { log, states } = runtime;
  const { playerId, address, passwords, verified } = await loadState(
    log,
    states,
    using(email, emailStream(tenant, emailHash)),
    true,
  );
  if (playerId === null || address === null || (await ownerInErasure(runtime, tenant, playerId)) !== null) return null;
  if (code.purpose === 'verify' && verified) return null;
  const opened = await runtime.open(tenant, playerId, 'email', address);
  if (opened === null) return null;
  const use = using(emailCode, emailCodeStream(tenant, codeHash), 'write', true);
  await handle<null>(
    runtime,
    [use],
    (stateOf) => {
      const command = { type: 'IssueEmailCode', emailHash, playerId, passwords, ...code } as const;
      return { events: [[use, emailCode.decide(command, stateOf(use)).events]], outcome: { ok: true, value: null } };
    },
    { ...context, actor: playerId },
  );
  return { address: opened, playerId };
}

/** Uses a code: the address is verified, and has the new password if one is given. Code: EMAIL_CODE_INVALID for any code that is not
 *  good, or no more. @throws PasswordsBusy */
export async function redeemEmailCode(
  runtime: EmailRuntime,
  {
    codeHash,
    purpose,
    password,
  }: { readonly codeHash: string; readonly purpose: CodePurpose; readonly password?: string },
  context: CommandContext<{ readonly playerId: PlayerId }>,
): Promise<Handled<{ readonly playerId: PlayerId }>> {
  const { tenant, now } = context;
  const invalid = { events: [], outcome: { ok: false, code: 'EMAIL_CODE_INVALID' } } as const;
  const codeUse = using(emailCode, emailCodeStream(tenant, codeHash));
  const issued = await loadState(runtime.log, runtime.states, codeUse, true);
  const refuse = () => handle<{ readonly playerId: PlayerId }>(runtime, [], () => invalid, context);
  if (issued.phase !== 'issued' || issued.purpose !== purpose) return refuse();
  const { emailHash, playerId } = issued;
  if ((await ownerInErasure(runtime, tenant, playerId)) !== null) return refuse();
  const sealed =
    password === undefined
      ? undefined
      : (await runtime.vault.forWriting(tenant, playerId)).encrypt('password', await runtime.passwords.hash(password));
  const emailUse = using(email, emailStream(tenant, emailHash));
  return handle<{ readonly playerId: PlayerId }>(
    runtime,
    [codeUse, emailUse],
    (stateOf) => {
      const address = stateOf(emailUse);
      const used = emailCode.decide(
        { type: 'UseEmailCode', purpose, owner: address.playerId, passwords: address.passwords, now },
        stateOf(codeUse),
      );
      if (used.rejected !== undefined) return invalid;
      const verified = email.decide({ type: 'VerifyEmail', emailHash }, address).events;
      const changed =
        sealed === undefined
          ? []
          : email.decide({ type: 'ChangePassword', emailHash, password: sealed }, address).events;
      return {
        events: [
          [codeUse, used.events],
          [emailUse, [...verified, ...changed]],
        ],
        outcome: { ok: true, value: { playerId } },
      };
    },
    { ...context, actor: playerId },
  );
}

/** Frees an address that was this player's. */
export function releaseEmail(
  runtime: CommandRuntime,
  command: { readonly emailHash: EmailHash; readonly playerId: PlayerId; readonly reason: 'erasure' | 'player' },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(email, emailStream(context.tenant, command.emailHash));
  return handle<null>(
    runtime,
    [use],
    (stateOf) => ({
      events: [[use, email.decide({ type: 'ReleaseEmail', ...command }, stateOf(use)).events]],
      outcome: { ok: true, value: null },
    }),
    context,
  );
}

/** Addresses that a player signs in with. */
export async function emailsOf(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly EmailHash[]> {
  const { credentials } = await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)), true);
  return credentials.linked.flatMap(({ method, credential }) => (method === 'email' ? [credential as EmailHash] : []));
}

/** Where a player gets e-mail: an address of theirs that was verified; null = nowhere. */
export async function verifiedEmailOf(
  runtime: CommandRuntime & Pick<EmailRuntime, 'open'>,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<string | null> {
  if ((await ownerInErasure(runtime, tenant, playerId)) !== null) return null;
  for (const hash of await emailsOf(runtime, tenant, playerId)) {
    const use = using(email, emailStream(tenant, hash));
    const { playerId: owner, address, verified } = await loadState(runtime.log, runtime.states, use, true);
    const opened =
      owner === playerId && verified && address !== null
        ? await runtime.open(tenant, playerId, 'email', address)
        : null;
    if (opened !== null) return opened;
  }
  return null;
}
