import { playerAccount } from '../aggregates/player-account.ts';
import { type Social, social } from '../aggregates/social.ts';
import type { PlayerId, SocialHash, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import { type SocialAccount, socialStream } from '../events/social.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { SocialVerifier } from '../ports/social-verifier.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { type NewSession, type SignedIn, signIn } from './sign-in.ts';
import { loadState, using } from './stream-use.ts';

export type SocialRuntime = CommandRuntime & {
  readonly vault: PersonalDataVault;
  readonly social: SocialVerifier;
};

/** @property accountOf the pseudonym of whom the provider names; @property playerIdOf as in {@link NewSession} */
export type SignInWithSocial = Omit<NewSession, 'playerIdOf'> & {
  readonly provider: string;
  readonly token: string;
  accountOf(subject: string): SocialAccount;
  playerIdOf(account: SocialAccount, generation: number): PlayerId;
};

const separator = '_';

/** What the player's stream calls an account at a provider. */
export const credentialOf = ({ provider, socialHash }: SocialAccount): string => `${provider}${separator}${socialHash}`;

/** Starts a session with an account at a provider; its first use makes a player, or links it to `linkTo`.
 *  Codes: SOCIAL_PROVIDER_UNKNOWN, SOCIAL_TOKEN_INVALID, SOCIAL_LINKED_TO_ANOTHER_PLAYER, PLAYER_NOT_FOUND.
 *  @throws SocialUnavailable */
export async function signInWithSocial(
  runtime: SocialRuntime,
  { provider, token, accountOf, playerIdOf, ...session }: SignInWithSocial,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> {
  const verdict = await runtime.social.verify(provider, token);
  if (!verdict.ok) {
    const code = verdict.reason === 'invalid' ? 'SOCIAL_TOKEN_INVALID' : 'SOCIAL_PROVIDER_UNKNOWN';
    return handle<SignedIn>(runtime, [], () => ({ events: [], outcome: { ok: false, code } }), context);
  }
  const account = accountOf(verdict.subject);
  return signIn<Social>(
    runtime,
    {
      method: 'social',
      credential: credentialOf(account),
      use: using(social, socialStream(context.tenant, account)),
      claim: (state, { sealer: _, ...claim }) =>
        social.decide({ type: 'UseSocialAccount', ...account, ...claim }, state),
    },
    { ...session, playerIdOf: (generation) => playerIdOf(account, generation) },
    context,
  );
}

/** Frees an account at a provider that was this player's. */
export function releaseSocialAccount(
  runtime: CommandRuntime,
  { playerId, ...account }: SocialAccount & { readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(social, socialStream(context.tenant, account));
  const command = { type: 'ReleaseSocialAccount', ...account, playerId, reason: 'erasure' } as const;
  return handle<null>(
    runtime,
    [use],
    (stateOf) => ({
      events: [[use, social.decide(command, stateOf(use)).events]],
      outcome: { ok: true, value: null },
    }),
    context,
  );
}

/** Accounts at providers that a player signs in with. */
export async function socialAccountsOf(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly SocialAccount[]> {
  const { credentials } = await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)), true);
  return credentials.linked.flatMap(({ method, credential }) => {
    const [provider = '', socialHash = ''] = credential.split(separator);
    return method === 'social' ? [{ provider, socialHash: socialHash as SocialHash }] : [];
  });
}
