import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClient, SandaiError, SandaiUnreachable, type Session } from '../../src/client/index.ts';
import { pauseMs } from '../../src/client/retry.ts';

type Sent = { url: string; key: string | null; bearer: string | null };
type Step = Response | Error | (() => Response | Promise<Response>);

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const refused = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(status, { error: { code, message: 'no', idempotency_key: 'k' } }, headers);
const done = () => json(200, { rank: 1 });

/** A network that gives these answers, one after another. */
function network(...steps: Step[]) {
  const sent: Sent[] = [];
  const fetch = async (url: unknown, { headers, signal }: RequestInit = {}) => {
    signal?.throwIfAborted();
    const given = new Headers(headers);
    sent.push({ url: String(url), key: given.get('idempotency-key'), bearer: given.get('authorization') });
    const step = steps.shift();
    if (step === undefined) throw new Error('nobody expected this request');
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step() : step;
  };
  return { sent, fetch: fetch as typeof globalThis.fetch };
}
const submit = { path: { season: 'spring' }, body: { score: 1 } } as const;
const score = '/v1/leaderboards/{season}/score';
const lost = new TypeError('fetch failed');

const tokens = (name: string) => ({
  player_id: 'p',
  nakama_token: 'n',
  session_token: `session-${name}`,
  refresh_token: `refresh-${name}`,
  expires_in: 7200,
});
const session = (name: string, expiresAt = Date.now() + 3_600_000): Session => ({
  playerId: 'p',
  sessionToken: `session-${name}`,
  refreshToken: `refresh-${name}`,
  nakamaToken: 'n',
  expiresAt,
  refreshKey: `key-of-${name}`,
});

describe('a write', () => {
  test('is retried with its key until it has an answer that counts', async () => {
    const { sent, fetch } = network(
      lost,
      refused(409, 'IDEMPOTENCY_KEY_IN_USE', { 'retry-after': '0' }),
      refused(429, 'RATE_LIMITED', { 'retry-after': '0' }),
      refused(503, 'OVERLOADED', { 'retry-after': '0' }),
      new Response('<html>', { status: 502 }),
      done(),
    );
    const client = createClient({ url: 'http://game/', fetch, token: 't' });
    expect(await client.post(score, submit)).toEqual({ rank: 1 });
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(sent).toHaveLength(6);
    expect(sent[0]).toMatchObject({ url: 'http://game/v1/leaderboards/spring/score', bearer: 'Bearer t' });
  });

  test('has another key in each call, unless it is given one', async () => {
    const { sent, fetch } = network(done(), done(), done(), done());
    const client = createClient({ url: 'http://game', fetch });
    await client.post(score, submit);
    await client.post(score, submit);
    await client.post(score, { ...submit, idempotencyKey: 'mine' });
    await client.post(score, { ...submit, body: { score: 1, idempotency_key: 'in the body' } });
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
    expect(sent.slice(2).map(({ key }) => key)).toEqual(['mine', null]);
  });

  test('that is refused is not retried; the error says why', async () => {
    const details = [{ field: 'body.score', problem: 'must be a number' }];
    const { sent, fetch } = network(
      json(400, { error: { code: 'VALIDATION_FAILED', message: 'no', details } }, { 'x-request-id': 'r-1' }),
    );
    const error = await createClient({ url: 'http://game', fetch })
      .post(score, submit)
      .catch((each) => each);
    expect(error).toBeInstanceOf(SandaiError);
    expect(error).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', details, requestId: 'r-1' });
    expect(sent).toHaveLength(1);
  });

  test('tells its key when there was no answer in time', async () => {
    const { fetch } = network(lost);
    const call = createClient({ url: 'http://game', fetch }).post(score, {
      ...submit,
      idempotencyKey: 'k',
      deadlineMs: 0,
    });
    await expect(call).rejects.toMatchObject({ name: 'SandaiUnreachable', idempotencyKey: 'k', cause: lost });
    await expect(call).rejects.toBeInstanceOf(SandaiUnreachable);
  });

  test('does not wait longer than its deadline for what the server asks', async () => {
    const { sent, fetch } = network(refused(429, 'RATE_LIMITED', { 'retry-after': '60' }));
    const call = createClient({ url: 'http://game', fetch, deadlineMs: 1_000 }).post(score, submit);
    await expect(call).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
    expect(sent).toHaveLength(1);
  });

  test('ends with the reason of its signal, also between attempts', async () => {
    const abort = new AbortController();
    const { sent, fetch } = network(() => {
      abort.abort(new Error('the player left'));
      return refused(503, 'OVERLOADED', { 'retry-after': '60' });
    });
    const call = createClient({ url: 'http://game', fetch, deadlineMs: 300_000 }).post(score, {
      ...submit,
      signal: abort.signal,
    });
    await expect(call).rejects.toThrow('the player left');
    expect(sent).toHaveLength(1);
  });
});

test('a pause is anything up to a limit that doubles, and never less than the server asked for', () => {
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.nat(10_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (retries, asked, chance) => {
        const pause = pauseMs(retries, asked, () => chance);
        expect(pause).toBeGreaterThanOrEqual(asked);
        expect(pause - asked).toBeLessThanOrEqual(Math.min(5_000, 100 * 2 ** retries));
      },
    ),
  );
  expect(pauseMs(3, null, () => 0)).toBe(0);
  expect(pauseMs(1, null, () => 0.5)).toBe(100);
});

describe('a session', () => {
  test('is taken from a sign-in, saved before it is used, and forgotten by signing out', async () => {
    const saved: (Session | null)[] = [];
    const { sent, fetch } = network(json(200, tokens('one')), done(), json(200, { signed_out: true }));
    const client = createClient({ url: 'http://game', fetch, onSession: (each) => saved.push(each) });
    await client.post('/v1/auth/device', { body: { device_id: 'ada-phone-1' } });
    expect(saved.at(-1)).toMatchObject({ sessionToken: 'session-one', playerId: 'p' });
    await client.post(score, submit);
    await client.post('/v1/auth/logout');
    expect(sent.map(({ bearer }) => bearer)).toEqual([null, 'Bearer session-one', 'Bearer session-one']);
    expect([saved.at(-1), client.session]).toEqual([null, null]);
  });

  test('that is nearly over is refreshed before it is used, with the key kept for that', async () => {
    const { sent, fetch } = network(json(200, tokens('two')), done());
    const old = session('one', Date.now() + 5_000);
    const client = createClient({ url: 'http://game', fetch, session: old });
    await client.post(score, submit);
    expect(sent[0]).toMatchObject({ url: 'http://game/v1/auth/refresh', key: 'key-of-one', bearer: null });
    expect(sent[1]?.bearer).toBe('Bearer session-two');
    expect(client.session?.refreshKey).not.toBe('key-of-one');
  });

  test('that the server does not take is refreshed once for all calls, which then go on with their keys', async () => {
    const expired = () => refused(401, 'TOKEN_EXPIRED');
    const { sent, fetch } = network(expired(), expired(), expired(), json(200, tokens('two')), done(), done(), done());
    const client = createClient({ url: 'http://game', fetch, session: session('one') });
    await Promise.all(['a', 'b', 'c'].map((key) => client.post(score, { ...submit, idempotencyKey: key })));
    expect(sent.filter(({ url }) => url.endsWith('/refresh'))).toHaveLength(1);
    expect(sent.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'key-of-one', 'a', 'b', 'c']);
  });

  test('that cannot be refreshed is over, and the owner is told', async () => {
    const saved: (Session | null)[] = [];
    const { fetch } = network(refused(401, 'TOKEN_EXPIRED'), refused(401, 'REFRESH_TOKEN_REUSED'));
    const client = createClient({
      url: 'http://game',
      fetch,
      session: session('one'),
      onSession: (each) => saved.push(each),
    });
    await expect(client.post(score, submit)).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
    expect([saved, client.session]).toEqual([[null], null]);
  });

  test('survives a refresh that finds no server', async () => {
    const { fetch } = network(lost);
    const client = createClient({ url: 'http://game', fetch, session: session('one', 0), deadlineMs: 0 });
    await expect(client.post(score, submit)).rejects.toBeInstanceOf(SandaiUnreachable);
    expect(client.session?.refreshToken).toBe('refresh-one');
  });
});
