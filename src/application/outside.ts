import type { Logger } from 'pino';
import { mailAddressOf } from '../commands/email.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import type { Settings } from '../config/schema.ts';
import type { PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import { pushGateway } from '../gateways/push-gateway.ts';
import { createRecorder } from '../gateways/recorder.ts';
import { telegramMessenger } from '../gateways/telegram.ts';
import { seasonStatus } from '../http/season-status.ts';
import type { Sql } from '../ports/database.ts';
import type { JobQueue } from '../ports/jobs.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Generations } from '../ports/projection.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { SharedCounts } from '../ports/shared-counts.ts';
import { listSeasons } from '../projections/season-queries.ts';
import { createBullQueue } from '../redis/bull-queue.ts';
import { createSharedCounts } from '../redis/shared-counts.ts';
import { linkCodeHash } from '../security/contact-id.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { PersonalData } from '../security/personal-data.ts';
import { claimsOf } from '../workers/claims.ts';
import type { WorkerContext } from '../workers/context.ts';
import { jobHandler } from '../workers/job-handler.ts';
import { createLocalQueue } from '../workers/local-queue.ts';

const maxWaitingJobs = 100_000;
const retryCapMs = 600_000;
const shownSeasons = 20;

export type OutsideOptions = {
  readonly settings: Pick<Settings, 'bots' | 'jobs' | 'notifications' | 'redis'>;
  readonly runtime: CommandRuntime & { readonly ranking: Ranking };
  readonly mailer: Mailer;
  readonly sql: Sql;
  readonly generations: Generations;
  readonly ring: KeyRing;
  readonly personalData: Pick<PersonalData, 'decrypt'>;
  readonly logId: string;
  readonly log: Logger;
  readonly now: () => number;
};

/** What leaves the house, and what is shared with other processes beside the database.
 *  @property jobs   things to do outside, done in this process or, with Redis, in any
 *  @property counts shared counters; null without Redis
 *  @property redis  whether Redis answers; null when none is configured */
export type Outside = {
  readonly jobs: JobQueue;
  readonly counts: SharedCounts | null;
  readonly redis: () => 'up' | 'down' | null;
  stop(): Promise<void>;
};

export async function startOutside(options: OutsideOptions): Promise<Outside> {
  const { settings, log, now } = options;
  const context = workerContext(options);
  const handle = jobHandler(context, claimsOf(options.sql));
  const { concurrency } = settings.jobs;
  const onError = (error: unknown) => log.error({ err: error }, 'a job was broken off; it is found again in the log');
  const local = createLocalQueue({ handle, concurrency, maxWaiting: maxWaitingJobs, now, onError });
  const { url } = settings.redis;
  if (url === undefined) return { jobs: local, counts: null, redis: () => null, stop: local.stop };

  let state: 'up' | 'down' = 'up';
  const connection = {
    url,
    prefix: `sandai:${options.logId}`,
    onProblem: (error: unknown) => {
      if (state === 'up') log.error({ err: error }, 'Redis does not answer: jobs and rate limits stay in this process');
      state = 'down';
    },
    onRecovered: () => {
      if (state === 'down') log.info('Redis answers again');
      state = 'up';
    },
  };
  const jobs = await createBullQueue({ ...connection, handle, concurrency, otherwise: local, now, onError });
  const counts = await createSharedCounts(connection);
  return {
    jobs,
    counts,
    redis: () => state,
    stop: async () => {
      await jobs.stop();
      await counts.stop();
    },
  };
}

function workerContext(options: OutsideOptions): WorkerContext {
  const { settings, runtime, mailer, sql, generations, ring, personalData, log, now } = options;
  const recorder = createRecorder((channel, key) =>
    log.warn({ channel, key }, 'recorded and not sent: no gateway is configured for it'),
  );
  const { pushUrl, pushToken } = settings.notifications;
  const open = (tenant: TenantId, playerId: PlayerId, field: string, ciphertext: string) =>
    personalData.decrypt({ tenant, playerId, field, ciphertext });
  return {
    runtime,
    messenger: telegramMessenger({
      apiUrl: settings.bots.telegramUrl,
      tokenOf: (tenant, bot) =>
        ring.keys().telegramBots.find((each) => each.tenant === tenant && each.bot === bot && each.token !== null)
          ?.token ?? null,
      otherwise: recorder.messenger,
    }),
    mailer,
    push: pushUrl === undefined ? recorder.push : pushGateway(pushUrl, pushToken),
    open,
    openSeasons: async (tenant) => {
      const found: SeasonName[] = [];
      for (let after = ''; ; ) {
        const page = await listSeasons(sql, generations, tenant, { after, limit: 100 });
        for (const row of page) if (seasonStatus(row, now()) === 'open') found.push(row.season);
        if (page.length < 100 || found.length >= shownSeasons) return found.slice(0, shownSeasons);
        after = page.at(-1)!.season;
      }
    },
    hashCode: (tenant, code) => linkCodeHash(ring.keys().pepper, tenant, code),
    emailOf: (tenant, playerId, only) => mailAddressOf({ ...runtime, open }, tenant, playerId, only),
    backoff: { baseMs: settings.jobs.retryBaseMs, capMs: retryCapMs },
    random: Math.random,
    now,
  };
}
