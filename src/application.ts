import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { projections } from '../projections.config.ts';
import { startAutomation } from './application/automation.ts';
import { conditionCategories } from './application/database.ts';
import { deadLetterSourcesOf } from './application/dead-letter-sources.ts';
import { finalRanksOf } from './application/final-ranks.ts';
import { addGauges } from './application/gauges.ts';
import { createHealth } from './application/health.ts';
import { openApplicationKeys } from './application/keys.ts';
import { createLiveSettings } from './application/live-settings.ts';
import { modesOf, rewardOf, runMatchmaker } from './application/matchmaking.ts';
import { startOutside } from './application/outside.ts';
import { rankingOf } from './application/ranking.ts';
import { schedule } from './application/schedule.ts';
import { createSecurity } from './application/security.ts';
import { createSocialVerifier } from './application/social.ts';
import { startSweeping } from './application/sweep.ts';
import { startReadSide } from './cli/read-side.ts';
import { StateCache } from './commands/state-cache.ts';
import { StreamLocks } from './commands/stream-locks.ts';
import type { Settings } from './config/settings.ts';
import { openEventStore } from './event-store/index.ts';
import type { LogPosition } from './event-store/port.ts';
import { failureOf } from './event-store/sql/failure.ts';
import type { RecordedEvent } from './events/envelope.ts';
import type { SeasonName } from './events/ids.ts';
import { mailFolder, mailGateway } from './gateways/mail.ts';
import { createMetrics } from './http/metrics.ts';
import { createFacade } from './http/server.ts';
import { followLog } from './processors/follower.ts';
import { createErasures } from './projections/erasures.ts';
import { seasonHistory } from './projections/season-history.ts';
import { newCodes } from './security/email-address.ts';
import { createPasswords } from './security/passwords.ts';
import { createTestStore } from './security/test-store.ts';

export type ApplicationOptions = {
  settings: Settings;
  /** For the application's role. */
  databaseUrl: string;
  /** For the role that owns the tables; for tables made at run time. */
  ownerUrl: string;
  /** Role to give privileges on such tables; absent when it is the owner itself. */
  appRole: string | undefined;
  /** Whether keys may be made when there are none: only with a database of our own. */
  mayGenerateKeys: boolean;
  /** Sentences about the installation that /readyz repeats. */
  warnings: readonly string[];
  log: Logger;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
};

export type Application = {
  /** Where it answers, with the port that it really has. */
  url: string;
  /** Answers what is in flight, then ends everything of the application; the database is ended by the caller. */
  stop: () => Promise<void>;
  /** Reads keys again and takes up those settings that need no restart; what has changed is told in the log.
   *  @param settings null = they stay as they are */
  reload: (settings: Settings | null) => Promise<void>;
};

const rememberedStates = 100_000;

/** Starts the façade and what runs beside it in this process, on a prepared database (`prepareDatabase`). */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { settings, log, now = Date.now } = options;
  const metrics = createMetrics();
  const store = await openEventStore({
    connectionString: options.databaseUrl,
    conditionCategories,
    lanes: settings.store.lanes,
    readConnections: settings.database.connections,
    maxWaiting: settings.store.maxQueued,
    deadlineMs: settings.store.deadlineMs,
    onBatch: metrics.observeBatch,
  });
  const ending: (() => Promise<unknown> | unknown)[] = [() => store.close()];
  const stop = async () => {
    for (const end of ending.reverse()) await end();
    ending.length = 0;
  };
  try {
    const { database } = store;
    const keys = await openApplicationKeys({ ...options, sql: database, now });
    ending.push(keys.stop);
    const live = createLiveSettings(settings, log);
    const onSkipped = (view: string, { partition, position, type }: RecordedEvent, error: unknown) =>
      log.error({ view, partition, position: String(position), type, err: error }, 'a view left out an event');
    const readSide = await startReadSide({
      log: store,
      database,
      projections,
      batchSize: settings.processors.batchSize,
      settings: { leaseMs: settings.processors.leaseMs },
      tail: { maxPollMs: settings.processors.pollMs },
      onProblem: (name, error) => log.error({ processor: name, err: error }, 'a processor fails and tries again'),
      onSkipped,
    });
    ending.push(readSide.stop);
    const { boards, followers, generations, processors, remoteConfig, revokedSessions, tail } = readSide;
    const security = createSecurity({ ring: keys.ring, sql: database, now, revokedSessions });
    const erasures = createErasures(() => store.positions());
    erasures.onErased(security.personalData.invalidate);
    const announcing = await followLog(erasures, readSide.tail, { onSkipped });
    ending.push(() => announcing.stop());
    const runtime = {
      log: store,
      states: new StateCache(rememberedStates),
      locks: new StreamLocks(settings.store.deadlineMs),
      ranking: rankingOf(boards),
      vault: security.personalData,
      records: security.personalRecords,
      receipts: createTestStore(keys.ring),
    };
    const waitForBoards = async (position: LogPosition, timeoutMs: number) =>
      (await followers.get(boards.name)?.waitFor(position, timeoutMs)) ?? false;
    const waitForConfig = async (position: LogPosition, timeoutMs: number) =>
      (await followers.get(remoteConfig.name)?.waitFor(position, timeoutMs)) ?? false;
    const deadLetterSources = deadLetterSourcesOf(runtime);
    const { url: mailUrl, token: mailToken } = settings.mail;
    const mailer = mailUrl === undefined ? mailFolder(join(settings.dataDir, 'mail')) : mailGateway(mailUrl, mailToken);
    const outside = await startOutside({
      settings,
      runtime,
      mailer,
      sql: database,
      generations,
      ring: keys.ring,
      personalData: security.personalData,
      logId: store.info.logId,
      log,
      now,
    });
    ending.push(outside.stop);
    const automation = await startAutomation({
      finalRanks: finalRanksOf(store, boards, waitForBoards),
      seasonHistory: seasonHistory(database),
      jobs: outside.jobs,
      lostAfterMs: settings.jobs.lostAfterMs,
      database,
      tail,
      generations,
      runtime,
      reveal: security.personalData.decrypt,
      newCode: newCodes(() => keys.ring.keys().pepper),
      deadLetterSources,
      schedule,
      matchReward: rewardOf(settings.matchmaking),
      matchSeason: settings.matchmaking.season as SeasonName | undefined,
      waitForRows: processors.waitFor,
      leaseMs: settings.processors.leaseMs,
      log,
      now,
    });
    ending.push(automation.stop);
    const health = createHealth({
      database,
      readSide,
      processors: () => [...processors.status(), ...automation.reactors.status()],
      agendas: automation.agendas.status,
      redis: outside.redis,
      warnings: () => [...options.warnings, ...keys.warnings()],
    });
    const matchmaker = runMatchmaker({
      settings,
      log: store,
      database,
      readSide,
      now,
      onProblem: (_, error) => log.error({ err: error }, 'the matchmaker fails and tries again'),
    });
    ending.push(matchmaker.stop);
    addGauges(metrics, store, readSide, automation, outside.jobs);
    metrics.gauge(
      'sandai_key_reload_failures',
      'How often changed keys could not be used, or Vault not be asked, since the start',
      null,
      () => new Map([['', keys.failures()]]),
    );
    const { app, drain } = await createFacade({
      ...security,
      passwords: createPasswords({ atOnce: 2, waiting: 64 }),
      social: createSocialVerifier(settings.social.providers, now),
      erasures,
      settings,
      rateLimits: live.rateLimits,
      modes: modesOf(settings.matchmaking),
      runtime,
      reads: {
        sql: database,
        generations,
        boards,
        remoteConfig,
        waitForRows: processors.waitFor,
        waitForBoards,
        waitForConfig,
      },
      schedule,
      retryableSources: new Set(Object.keys(deadLetterSources)),
      ring: keys.ring,
      counts: outside.counts,
      metrics,
      health,
      isOutage: (error) =>
        ['retry', 'unknown'].includes(failureOf(error)) || (error as Error | null)?.name === 'ReadModelBehind',
      log,
      now,
    });
    ending.push(startSweeping(database, log));
    ending.push(async () => {
      drain();
      const late = setTimeout(() => app.server.closeAllConnections(), settings.http.shutdownMs);
      await app.close();
      clearTimeout(late);
    });
    const { host, port } = settings.http;
    await app.listen({ host, port });
    const bound = (app.server.address() as AddressInfo).port;
    log.info({ host, port: bound }, 'listening');
    const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return {
      url: `http://${shownHost}:${bound}`,
      stop,
      reload: async (next) => {
        if (next !== null) live.take(next);
        await keys.reload();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
