/** Who a token is about, by the provider that gave it. `provider_unknown`: tokens of this provider are not taken here; `invalid`: the
 *  provider did not give this token, or to another application, or it has expired. */
export type SocialVerdict =
  | { readonly ok: true; readonly subject: string }
  | { readonly ok: false; readonly reason: 'provider_unknown' | 'invalid' };

/** Nobody can tell at the moment whether a token is good. */
export class SocialUnavailable extends Error {
  override readonly name = 'SocialUnavailable';
}

/** Tells whom a provider of social accounts says that somebody is. */
export interface SocialVerifier {
  /** @throws SocialUnavailable when the provider cannot be asked for its keys */
  verify(provider: string, token: string): Promise<SocialVerdict>;
}
