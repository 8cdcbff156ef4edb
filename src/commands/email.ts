import { email } from '../aggregates/email.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { emailStream } from '../events/email.ts';
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

/** Where a player gets e-mail; null = nowhere.
 *  @param only the address that it must be, while it is the player's; null = any that was verified */
export async function mailAddressOf(
  runtime: CommandRuntime & Pick<EmailRuntime, 'open'>,
  tenant: TenantId,
  playerId: PlayerId,
  only: EmailHash | null,
): Promise<string | null> {
  if ((await ownerInErasure(runtime, tenant, playerId)) !== null) return null;
  for (const hash of only === null ? await emailsOf(runtime, tenant, playerId) : [only]) {
    const use = using(email, emailStream(tenant, hash));
    const { playerId: owner, address, verified } = await loadState(runtime.log, runtime.states, use, true);
    const isTheirs = owner === playerId && (verified || only !== null);
    const opened = isTheirs && address !== null ? await runtime.open(tenant, playerId, 'email', address) : null;
    if (opened !== null) return opened;
  }
  return null;
}
