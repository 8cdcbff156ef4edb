import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf } from '../../src/aggregates/credentials.ts';
import { playerAccount } from '../../src/aggregates/player-account.ts';
import type { PlayerEvent, SignInMethod } from '../../src/events/player.ts';
import { alice } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(playerAccount);
const registered = (method: SignInMethod = 'device'): PlayerEvent => ({
  type: 'PlayerRegistered',
  data: { playerId: alice, method },
});
const link = (credential: string, method: SignInMethod = 'device') =>
  ({ type: 'LinkCredential', playerId: alice, method, credential }) as const;
const unlink = (credential: string, method: SignInMethod = 'device') =>
  ({ type: 'UnlinkCredential', playerId: alice, method, credential }) as const;
const linked = (credential: string, method: SignInMethod = 'device'): PlayerEvent => ({
  type: 'CredentialLinked',
  data: { playerId: alice, method, credential },
});
const unlinked = (credential: string, method: SignInMethod = 'device'): PlayerEvent => ({
  type: 'CredentialUnlinked',
  data: { playerId: alice, method, credential },
});
const ordered: PlayerEvent = { type: 'PersonalDataErasureRequested', data: { playerId: alice } };

test('a credential is linked once', () => given(registered()).when(link('tablet')).then(linked('tablet')));
test('the same hash of another kind is another credential', () =>
  given(registered(), linked('a1')).when(link('a1', 'email')).then(linked('a1', 'email')));
test('nobody unknown, and nobody who is being erased, gets a credential', () => {
  given().when(link('tablet')).thenRejects('PLAYER_NOT_FOUND');
  given(registered(), ordered).when(link('tablet')).thenRejects('PLAYER_NOT_FOUND');
});
test('the device that made the account is unlinked when there is another credential', () =>
  given(registered(), linked('tablet')).when(unlink('phone')).thenOnce('LAST_CREDENTIAL', unlinked('phone')));
test('a credential that was linked later is unlinked', () =>
  given(registered(), linked('ada', 'email'))
    .when(unlink('ada', 'email'))
    .thenOnce('LAST_CREDENTIAL', unlinked('ada', 'email')));
test('the last credential stays', () => {
  given(registered()).when(unlink('phone')).thenRejects('LAST_CREDENTIAL');
  given(registered(), linked('tablet'), unlinked('phone')).when(unlink('tablet')).thenRejects('LAST_CREDENTIAL');
  given(registered('email'), linked('ada', 'email')).when(unlink('ada', 'email')).thenRejects('LAST_CREDENTIAL');
});

test('whatever is linked and unlinked, the count is that of the credentials, and never none', () => {
  const names = fc.constantFrom('phone', 'tablet', 'laptop');
  fc.assert(
    fc.property(fc.array(fc.record({ name: names, on: fc.boolean() }), { maxLength: 30 }), (steps) => {
      const history: PlayerEvent[] = [registered()];
      const own = new Set(['phone']);
      for (const { name, on } of steps) {
        if (own.has(name) === on) continue; // the streams of the credentials stand before this
        const { events } = playerAccount.decide(on ? link(name) : unlink(name), fold(playerAccount, history));
        history.push(...events);
        if (events.length > 0) own[on ? 'add' : 'delete'](name);
        expect(own.size).toBeGreaterThan(0);
        expect(countOf(fold(playerAccount, history).credentials)).toBe(own.size);
      }
    }),
  );
});
