import { test } from 'vitest';
import { email } from '../../src/aggregates/email.ts';
import { emailCode, type UseEmailCode } from '../../src/aggregates/email-code.ts';
import type { EmailCodeEvent, EmailEvent } from '../../src/events/email.ts';
import type { EmailHash, PlayerId } from '../../src/events/ids.ts';
import { alice, at, bob, iso } from './examples.ts';
import { specification } from './specification.ts';

const emailHash = 'e1f2a3' as EmailHash;
const given = specification(email);
const claim = (playerId: PlayerId, erased: PlayerId | null = null) =>
  ({ type: 'ClaimEmail', emailHash, playerId, erased, address: 'pd1.a', password: 'pd1.p' }) as const;
const claimed = (playerId: PlayerId, generation = 1): EmailEvent => ({
  type: 'EmailClaimed',
  data: { emailHash, playerId, generation, address: 'pd1.a', password: 'pd1.p' },
});
const released = (playerId: PlayerId, reason: 'erasure' | 'player' | 'unproven' = 'erasure'): EmailEvent => ({
  type: 'EmailReleased',
  data: { emailHash, playerId, reason },
});
const verified: EmailEvent = { type: 'EmailVerified', data: { emailHash, playerId: alice } };
const verify = { type: 'VerifyEmail', emailHash } as const;
const change = { type: 'ChangePassword', emailHash, password: 'pd1.q' } as const;
const changed: EmailEvent = { type: 'EmailPasswordChanged', data: { emailHash, playerId: alice, password: 'pd1.q' } };
const release = (playerId: PlayerId) => ({ type: 'ReleaseEmail', emailHash, playerId, reason: 'erasure' }) as const;

test('a free address is taken once', () => given().when(claim(alice)).thenOnce('INVALID_CREDENTIALS', claimed(alice)));
test("another player's address is refused", () =>
  given(claimed(bob)).when(claim(alice)).thenRejects('INVALID_CREDENTIALS'));
test('a released address is taken by its next player', () =>
  given(claimed(bob), released(bob)).when(claim(alice)).thenOnce('INVALID_CREDENTIALS', claimed(alice, 2)));
test('the address of a player who is being erased is released and taken', () =>
  given(claimed(bob)).when(claim(alice, bob)).thenOnce('INVALID_CREDENTIALS', released(bob), claimed(alice, 2)));
test('an address is verified once', () => given(claimed(alice)).when(verify).then(verified));
test('an address of nobody is not verified', () => given().when(verify).thenNothing());
test('the next player of an address verifies it anew', () =>
  given(claimed(bob), released(bob), claimed(alice, 2)).when(verify).then(verified));
test('a password is changed', () => given(claimed(alice)).when(change).thenEachTime(changed));
test('an address of nobody gets no password', () => given().when(change).thenRejects('INVALID_CREDENTIALS'));
test('an address that was never verified goes to whom it was shown to be of, verified', () =>
  given(claimed(alice))
    .when({ type: 'PassEmailOn', emailHash, playerId: bob, address: 'pd1.a', password: 'pd1.p' })
    .thenOnce('INVALID_CREDENTIALS', released(alice, 'unproven'), claimed(bob, 2), {
      type: 'EmailVerified',
      data: { emailHash, playerId: bob },
    }));
test('a verified address, and one of nobody, is not passed on', () => {
  const passOn = { type: 'PassEmailOn', emailHash, playerId: bob, address: 'pd1.a', password: 'pd1.p' } as const;
  given(claimed(alice), verified).when(passOn).thenRejects('INVALID_CREDENTIALS');
  given().when(passOn).thenRejects('INVALID_CREDENTIALS');
});
test('an address is released once, and by its player only', () => {
  given(claimed(alice)).when(release(alice)).then(released(alice));
  given(claimed(bob)).when(release(alice)).thenNothing();
});

const givenCode = specification(emailCode);
const issue = {
  type: 'IssueEmailCode',
  emailHash,
  playerId: alice,
  purpose: 'reset',
  passwords: 2,
  expiresAt: iso('12:00'),
} as const;
const issued: EmailCodeEvent = {
  type: 'EmailCodeIssued',
  data: { emailHash, playerId: alice, purpose: 'reset', passwords: 2, expiresAt: iso('12:00') },
};
const use = (changes: Partial<UseEmailCode> = {}): UseEmailCode => ({
  type: 'UseEmailCode',
  purpose: 'reset',
  owner: alice,
  passwords: 2,
  now: at('11:59'),
  ...changes,
});
const used: EmailCodeEvent = { type: 'EmailCodeUsed', data: { emailHash, playerId: alice } };

test('a code is issued once', () => givenCode().when(issue).thenOnce('EMAIL_CODE_INVALID', issued));
test('a code is used once', () => givenCode(issued).when(use()).thenOnce('EMAIL_CODE_INVALID', used));
test('a code that nobody issued is refused', () => givenCode().when(use()).thenRejects('EMAIL_CODE_INVALID'));
test.each<[string, Partial<UseEmailCode>]>([
  ['for another purpose', { purpose: 'verify' }],
  ["once the address is another player's", { owner: bob }],
  ['once the address is free', { owner: null }],
  ['once another password was set', { passwords: 3 }],
  ['once it has expired', { now: at('12:00') }],
])('a code is refused %s', (_, changes) => givenCode(issued).when(use(changes)).thenRejects('EMAIL_CODE_INVALID'));
