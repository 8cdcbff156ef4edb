import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** A score that the façade acknowledged. */
export type Acknowledged = {
  readonly playerId: string;
  readonly score: number;
  readonly body: string;
  readonly key: string;
};

export type Load = {
  readonly acknowledged: readonly Acknowledged[];
  /** Resolves when so many scores have been acknowledged; rejects as soon as an answer is wrong. */
  reached(count: number): Promise<void>;
  /** Ends when every player has had all scores acknowledged. */
  readonly done: Promise<void>;
};

/** One call, sent again under the same key until the façade has decided it, whatever happens to processes meanwhile. */
async function insist(
  baseUrl: () => string,
  path: string,
  init: RequestInit,
): Promise<{ status: number; body: string }> {
  for (;;) {
    try {
      const response = await fetch(`${baseUrl()}${path}`, { ...init, signal: AbortSignal.timeout(20_000) });
      const body = await response.text();
      if (response.status < 500 && response.status !== 429 && !(response.status === 409 && body.includes('IN_USE')))
        return { status: response.status, body };
    } catch {
      // the process is gone or going: the same request again
    }
    await pause(Math.random() * 50);
  }
}

const json = (headers: Record<string, string>, body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Players who sign in and submit scores 1, 2, 3 … one after the other, sending now and then a request twice at once.
 *  @param baseUrl where the façade is at the moment */
export async function playUnderFire(
  baseUrl: () => string,
  adminToken: string,
  { players, scores, season }: { readonly players: number; readonly scores: number; readonly season: string },
): Promise<Load> {
  const admin = { authorization: `Bearer ${adminToken}` };
  const opened = await insist(
    baseUrl,
    '/v1/seasons',
    json({ ...admin, 'idempotency-key': randomUUID() }, { season, operator: 'sum' }),
  );
  if (opened.status !== 201) throw new Error(`opening the season: ${opened.status} ${opened.body}`);

  const acknowledged: Acknowledged[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const acknowledge = (one: Acknowledged) => {
    acknowledged.push(one);
    for (const waiter of waiters) if (acknowledged.length >= waiter.count) waiter.resolve();
  };

  const play = async (player: number) => {
    const deviceId = `device-of-player-${player}`;
    const signedIn = await insist(
      baseUrl,
      '/v1/auth/device',
      json({ 'idempotency-key': `sign-in-${player}` }, { device_id: deviceId }),
    );
    if (signedIn.status !== 200) throw new Error(`sign-in: ${signedIn.status} ${signedIn.body}`);
    const { session_token, player_id } = JSON.parse(signedIn.body);
    for (let score = 1; score <= scores; score += 1) {
      const key = `${player}-${score}`;
      const request = json({ authorization: `Bearer ${session_token}`, 'idempotency-key': key }, { score });
      const send = () => insist(baseUrl, `/v1/leaderboards/${season}/score`, request);
      const answers = await Promise.all(score % 5 === 0 ? [send(), send()] : [send()]);
      for (const { status, body } of answers)
        if (status !== 200 || body !== answers[0]?.body)
          throw new Error(`score ${key}: ${status} ${body} beside ${answers[0]?.body}`);
      acknowledge({ playerId: player_id, score, body: answers[0]?.body ?? '', key });
    }
  };
  const done = Promise.all(Array.from({ length: players }, (_, player) => play(player))).then(() => undefined);
  return {
    acknowledged,
    reached: (count) => {
      const enough = new Promise<void>((resolve) => {
        if (acknowledged.length >= count) resolve();
        else waiters.push({ count, resolve });
      });
      return Promise.race([enough, done]);
    },
    done,
  };
}

/** What the log must hold after a load, however often something was killed.
 *  @param rows runs a statement
 *  @throws Error naming what is lost, doubled or out of place */
export async function checkLog(
  rows: (text: string) => Promise<Record<string, unknown>[]>,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const problems: string[] = [];
  const gaps = await rows(
    `select partition from events group by partition having min(position) <> 1 or max(position) <> count(*)`,
  );
  if (gaps.length > 0) problems.push(`gaps in the positions of partitions ${gaps.map((row) => row['partition'])}`);
  const ends = await rows(`select p.partition from log_partitions p
    left join (select partition, max(position) as last from events group by partition) e on e.partition = p.partition
    where coalesce(e.last, 0) <> p.position`);
  if (ends.length > 0)
    problems.push(`partitions ${ends.map((row) => row['partition'])} do not end where log_partitions says`);
  const versions = await rows(
    `select stream_id from events group by stream_id having min(version) <> 1 or max(version) <> count(*)`,
  );
  if (versions.length > 0) problems.push(`gaps in the versions of ${versions.map((row) => row['stream_id'])}`);
  const back = await rows(`select partition from (select partition, recorded_at,
    lag(recorded_at) over (partition by partition order by position) as before from events) t where recorded_at < before limit 1`);
  if (back.length > 0) problems.push('time steps back inside a partition');
  const attempts =
    await rows(`select data->>'playerId' as player, data->'attempt'->>'score' as score, count(*)::int as times
    from events where type in ('LeaderboardUpdated', 'ScoreAttempted') group by 1, 2`);
  const times = new Map(attempts.map((row) => [`${row['player']} ${row['score']}`, Number(row['times'])]));
  for (const { playerId, score } of acknowledged)
    if (times.get(`${playerId} ${score}`) !== 1)
      problems.push(`score ${score} of ${playerId} is in the log ${times.get(`${playerId} ${score}`) ?? 0} times`);
  if (times.size !== acknowledged.length)
    problems.push(`${times.size} attempts in the log, ${acknowledged.length} acknowledged`);
  const messages =
    await rows(`select e.event_id from events e left join sandai_outbox o on o.partition = e.partition and o.position = e.position
    where e.type = 'LeaderboardUpdated' group by e.event_id having count(o.id) <> 1`);
  if (messages.length > 0) problems.push(`${messages.length} events without exactly one outbox message`);
  const records = await rows(`select response from idempotency_keys where scope like '%score%'`);
  if (records.length !== acknowledged.length)
    problems.push(`${records.length} records, ${acknowledged.length} acknowledged`);
  if (problems.length > 0) throw new Error(problems.slice(0, 10).join('\n'));
}
