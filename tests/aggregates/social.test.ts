import { test } from 'vitest';
import { social } from '../../src/aggregates/social.ts';
import type { PlayerId, SocialHash } from '../../src/events/ids.ts';
import type { SocialEvent } from '../../src/events/social.ts';
import { alice, bob } from './examples.ts';
import { specification } from './specification.ts';

const account = { provider: 'google', socialHash: '50c1a1' as SocialHash };
const given = specification(social);
const use = (newPlayerId: PlayerId, linkTo: PlayerId | null = null, erased: PlayerId | null = null) =>
  ({ type: 'UseSocialAccount', ...account, newPlayerId, linkTo, erased }) as const;
const release = (playerId: PlayerId, reason: 'erasure' | 'player' = 'erasure') =>
  ({ type: 'ReleaseSocialAccount', ...account, playerId, reason }) as const;
const claimed = (playerId: PlayerId, generation = 1): SocialEvent => ({
  type: 'SocialAccountClaimed',
  data: { ...account, playerId, generation },
});
const released = (playerId: PlayerId, reason: 'erasure' | 'player' = 'erasure'): SocialEvent => ({
  type: 'SocialAccountReleased',
  data: { ...account, playerId, reason },
});

test('a first use makes a player', () => given().when(use(alice)).then(claimed(alice)));
test('a first use by a signed-in player links the account to that one', () =>
  given().when(use(alice, bob)).then(claimed(bob)));
test('a further use changes nothing', () => given(claimed(bob)).when(use(alice)).thenNothing());
test('its player may link it again', () => given(claimed(bob)).when(use(alice, bob)).thenNothing());
test("another player's account is not linked", () =>
  given(claimed(bob)).when(use(alice, alice)).thenRejects('SOCIAL_LINKED_TO_ANOTHER_PLAYER'));
test('the account of a player who is being erased is released and used for the first time again', () =>
  given(claimed(bob))
    .when(use(alice, null, bob))
    .then(released(bob), claimed(alice, 2)));
test('a released account makes its next player', () =>
  given(claimed(bob), released(bob)).when(use(alice)).then(claimed(alice, 2)));
test('an account is released by its player only, and once', () => {
  given(claimed(alice)).when(release(alice)).then(released(alice));
  given(claimed(alice)).when(release(alice, 'player')).then(released(alice, 'player'));
  given(claimed(bob)).when(release(alice)).thenNothing();
  given(claimed(alice), released(alice)).when(release(alice)).thenNothing();
});
