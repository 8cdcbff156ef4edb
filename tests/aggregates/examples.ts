import type { DeviceHash, MatchId, PlayerId, SeasonName, SessionId, TicketId } from '../../src/events/ids.ts';

/** One example of each id, used in every specification. */
export const alice = '11111111-1111-4111-8111-111111111111' as PlayerId;
export const bob = '22222222-2222-4222-8222-222222222222' as PlayerId;
export const ticket = '77777777-7777-4777-8777-777777777777' as TicketId;
export const duel = '88888888-8888-4888-8888-888888888888' as MatchId;
export const spring = 'spring-2026' as SeasonName;
export const phone = 'a1b2c3' as DeviceHash;
export const visit = '33333333-3333-4333-8333-333333333333' as SessionId;
/** Milliseconds of a time on 1 March 2026, UTC. */
export const at = (time: string): number => Date.parse(`2026-03-01T${time}:00.000Z`);
export const iso = (time: string): string => new Date(at(time)).toISOString();
