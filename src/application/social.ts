import { idTokenVerifier, type SocialProvider } from '../gateways/id-token.ts';
import type { SocialVerifier } from '../ports/social-verifier.ts';

/** Takes the tokens of the configured providers. @param providers as `name issuer audience+audience keys` */
export const createSocialVerifier = (providers: readonly string[], now: () => number): SocialVerifier =>
  idTokenVerifier(
    providers.map((text): SocialProvider => {
      const [name = '', issuer = '', audiences = '', keysUrl = ''] = text.trim().split(/\s+/);
      return { name, issuer, audiences: audiences.split('+'), keysUrl };
    }),
    now,
  );
