import type { NewEvent } from '../../src/event-store/port.ts';
import type { DeviceHash } from '../../src/events/ids.ts';
import { player, session } from '../processors/log-under-test.ts';

export const deviceOf = (who: number): DeviceHash => `hash-${who}` as DeviceHash;

export const authenticated = (who: number): NewEvent => ({
  type: 'PlayerAuthenticated',
  data: {
    sessionId: session(who),
    playerId: player(who),
    method: 'device',
    deviceHash: deviceOf(who),
    client: 'pd1.sealed',
    refreshHash: 'first',
    refreshExpiresAt: '2999-01-01T00:00:00Z',
    familyExpiresAt: '2999-01-02T00:00:00Z',
  },
});
export const refreshed = (who: number): NewEvent => ({
  type: 'SessionRefreshed',
  data: {
    sessionId: session(who),
    playerId: player(who),
    refreshHash: 'next',
    refreshExpiresAt: '2999-01-01T00:00:00Z',
  },
});
export const ended = (who: number): NewEvent => ({
  type: 'SessionRevoked',
  data: {
    sessionId: session(who),
    playerId: player(who),
    reason: 'logout',
    tokensExpireAt: '2999-01-01T00:00:00Z',
  },
});
export const linked = (who: number, device = who): NewEvent => ({
  type: 'DeviceLinked',
  data: { deviceHash: deviceOf(device), playerId: player(who), generation: 1 },
});
export const unlinked = (who: number, device = who): NewEvent => ({
  type: 'DeviceUnlinked',
  data: { deviceHash: deviceOf(device), playerId: player(who), reason: 'player' },
});
