import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { prepareDatabase } from '../../src/application/database.ts';
import { type Application, startApplication } from '../../src/application.ts';
import { logOptions } from '../../src/cli/logger.ts';
import { loadSettings } from '../../src/config/settings.ts';
import type { ProductId, SessionId, TenantId } from '../../src/events/ids.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import type { Sql } from '../../src/ports/database.ts';
import { openKeyRing } from '../../src/security/key-ring.ts';
import { loadKeys } from '../../src/security/load-keys.ts';
import { createServiceKey, type ServiceScope } from '../../src/security/service-keys.ts';
import { createTokenIssuer, type OperatorRole } from '../../src/security/session-token.ts';
import { createTenant } from '../../src/security/tenants.ts';
import { signTestReceipt } from '../../src/security/test-store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type CallOptions, call } from './call.ts';

export { type CallOptions, call, type Reply } from './call.ts';

export const newKey = (): string => randomUUID();
export const newDevice = (): string => `device-${randomUUID()}`;

const roomy = {
  'rateLimit.anonymousPerMinute': '1000000',
  'rateLimit.signedInPerMinute': '1000000',
  'rateLimit.devicePerMinute': '1000000',
  'rateLimit.devicePerHour': '1000000',
  'rateLimit.newPlayersPerHour': '1000000',
  'reads.maxWaitMs': '20000',
};

export type NodeOptions = { settings?: Record<string, string>; now?: () => number };

/** A database with any number of nodes on it, as `sandai start` runs them, and one data directory for all. */
export async function testCluster() {
  const db: TestDatabase = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'sandai-http-'));
  const appRole = db.url === db.ownerUrl ? undefined : roleOfUrl(db.url);
  const { warnings } = await prepareDatabase({ ownerUrl: db.ownerUrl, appRole, log: () => undefined });
  const running: Application[] = [];
  const seen = positionsSeen();
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { ...logOptions, level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line));
        done();
      },
    }),
  );
  const keysFile = join(dataDir, 'keys.json');
  const issuer = () =>
    createTokenIssuer(
      openKeyRing(() => loadKeys({ file: keysFile, env: {}, mayGenerate: false, now: () => new Date() }).keys),
    );
  return {
    db,
    sql: ownerSql(db),
    dataDir,
    keysFile,
    lines,
    log,
    async node({ settings = {}, now }: NodeOptions = {}) {
      const flags = new Map(Object.entries({ dataDir, 'http.port': '0', ...roomy, ...settings }));
      const loaded = loadSettings({ flags, env: {}, cwd: dataDir });
      if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
      const application = await startApplication({
        settings: loaded.settings,
        databaseUrl: db.url,
        ownerUrl: db.ownerUrl,
        appRole,
        mayGenerateKeys: true,
        warnings,
        log,
        ...(now && { now }),
      });
      running.push(application);
      return nodeAt(application, seen);
    },
    operator: (role: OperatorRole = 'admin', tenant = 'default', nowMs = Date.now()) =>
      createOperatorToken(issuer(), role, tenant, nowMs),
    issuer,
    /** A receipt of the test store. */
    receipt: (
      product: string,
      { tenant = 'default', transaction = randomUUID() as string, purchasedAt = new Date().toISOString() } = {},
    ) => {
      const { keys } = loadKeys({ file: keysFile, env: {}, mayGenerate: false, now: () => new Date() });
      if (keys.testStore === null) throw new Error('the test store is off');
      return signTestReceipt(keys.testStore, {
        tenant: tenant as TenantId,
        productId: product as ProductId,
        transactionId: transaction,
        purchasedAt,
      });
    },
    /** A service key of a tenant, with these scopes. */
    async serviceKey(scopes: readonly ServiceScope[], tenant = 'default') {
      const key = await createServiceKey(ownerSql(db), { tenant: tenant as TenantId, name: 'test', scopes });
      if (key === null) throw new Error(`there is no tenant ${tenant}`);
      return key.text;
    },
    /** Makes a tenant. @returns its client key */
    async tenant(name: string) {
      const made = await createTenant(ownerSql(db), name as TenantId);
      if (made === null) throw new Error(`there is a tenant ${name}`);
      return made.clientKey;
    },
    async stop() {
      for (const application of running) await application.stop();
      await db.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const ownerSql = (db: TestDatabase): Sql => ({
  query: async (text, params = []) => {
    const rows = await db.query(text, [...params]);
    return { rows, rowCount: rows.length };
  },
});

const createOperatorToken = (
  issuer: ReturnType<typeof createTokenIssuer>,
  role: OperatorRole,
  tenant: string,
  nowMs: number,
): string =>
  issuer.operator({
    tenant: tenant as TenantId,
    role,
    subject: 'tester',
    sessionId: randomUUID() as SessionId,
    ttlS: 3600,
    nowMs,
  }).token;

export type TestCluster = Awaited<ReturnType<typeof testCluster>>;
export type TestNode = ReturnType<typeof nodeAt>;

/** The last position of each partition that replies named. */
function positionsSeen() {
  const raise = (positions: Map<string, bigint>, places: string) => {
    for (const place of places.split(',')) {
      const [partition = '', at = '0'] = place.split('-');
      if (BigInt(at) > (positions.get(partition) ?? 0n)) positions.set(partition, BigInt(at));
    }
    return positions;
  };
  const last = new Map<string, bigint>();
  let logId = '';
  return {
    add(header: string | null) {
      const [id = '', places = ''] = (header ?? '').split('.');
      if (places === '') return;
      logId = id;
      raise(last, places);
    },
    /** All of them, and `own`, where that is a position of the same log; otherwise `own` alone. */
    header(own: string | undefined): Record<string, string> {
      if (logId === '') return {};
      const [, id, places] = /^([^.]+)\.(\d{1,3}-\d{1,9}(?:,\d{1,3}-\d{1,9})*)$/.exec(own ?? '') ?? [];
      if (own !== undefined && (id !== logId || places === undefined)) return {};
      const all = places === undefined ? last : raise(new Map(last), places);
      return { 'sandai-wait-for': `${logId}.${[...all].map(([partition, at]) => `${partition}-${at}`).join(',')}` };
    },
  };
}

/** A node whose reads wait for all that earlier replies of its cluster wrote, and for the Sandai-Wait-For of the call. */
function nodeAt({ url, stop }: Application, seen: ReturnType<typeof positionsSeen>) {
  const callNode = async (path: string, options: CallOptions = {}) => {
    const isRead = options.body === undefined && (options.method ?? 'GET') === 'GET';
    const reply = await call(
      url,
      path,
      isRead
        ? { ...options, headers: { ...options.headers, ...seen.header(options.headers?.['sandai-wait-for']) } }
        : options,
    );
    seen.add(reply.headers.get('sandai-position'));
    return reply;
  };
  return {
    url,
    stop,
    call: callNode,
    /** Signs in with a new device. */
    async signIn(device = newDevice(), headers: Record<string, string> = {}) {
      const {
        status,
        text,
        body,
        headers: sent,
      } = await callNode('/v1/auth/device', {
        body: { device_id: device },
        key: newKey(),
        headers,
      });
      if (status !== 200) throw new Error(`sign-in answered ${status}: ${text}`);
      return {
        device,
        id: body.player_id as string,
        token: body.session_token as string,
        refresh: body.refresh_token as string,
        position: sent.get('sandai-position') ?? '',
        body,
      };
    },
    async openSeason(admin: string, season: string, more: object = {}) {
      const { status, text } = await callNode('/v1/seasons', {
        body: { season, operator: 'best', ...more },
        token: admin,
      });
      if (status !== 201) throw new Error(`opening a season answered ${status}: ${text}`);
      return season;
    },
    score: (token: string, season: string, score: unknown, key = newKey(), more: object = {}) =>
      callNode(`/v1/leaderboards/${season}/score`, { body: { score, ...more }, token, key }),
  };
}

/** Asks again until the answer is as wanted; the condition under test is reached by others' work, never by waiting alone. */
export async function until<T>(ask: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await ask();
    if (isWanted(value)) return value;
    if (performance.now() > deadline) throw new Error(`still not as wanted: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** How many events requests wrote. What reactors, agendas, workers and the matchmaker make of earlier ones meanwhile is left out. */
export async function eventsOfRequests({ db }: Pick<TestCluster, 'db'>): Promise<number> {
  const [row] = await db.query(
    `select count(*) as n from events where metadata ->> 'actor' !~ '^(reactor:|agenda:|worker$|matchmaker$)'`,
  );
  return Number(row!['n']);
}
