import { z } from 'zod';
import {
  currencyAmount,
  databaseUrl,
  httpUrl,
  integer,
  jsonObject,
  list,
  modeTable,
  oneOf,
  path,
  providerTable,
  redisUrl,
  seasonNameText,
  secretText,
  text,
  yesOrNo,
} from './fields.ts';

const day = 86_400;

/** All settings of Sandai. The description of each is what docs/configuration.md shows. */
export const settingsSchema = z.strictObject({
  dataDir: path('a directory')
    .default('.sandai')
    .describe('Keys, logs and the embedded database. The default lies in the checkout, wherever it is started from.'),
  http: z.strictObject({
    host: text('an address to listen on')
      .default('127.0.0.1')
      .describe('Address to listen on; 0.0.0.0 (or ::) to be reached from other machines, as in a container.'),
    port: integer({ from: 0, to: 65_535 }).default(8080).describe('Port to listen on; 0 takes any free one.'),
    trustedProxies: list('IP addresses or CIDR ranges', /^[0-9A-Fa-f:.]+(\/\d{1,3})?$/)
      .default([])
      .describe('Proxies whose X-Forwarded-For names the client; from others it is ignored.'),
    corsOrigins: list('origins such as https://game.example, without a path', /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/)
      .default([])
      .describe('Web pages that may call the API from a browser, by their exact origin; none = CORS is off.'),
    maxConnections: integer({ from: 1, to: 1_000_000 })
      .default(10_000)
      .describe('Connections at once; more are closed before they say anything.'),
    headersTimeoutMs: integer({ from: 50, to: 600_000, unit: 'ms' })
      .default(15_000)
      .describe('How long the headers of a request may take to arrive.'),
    requestTimeoutMs: integer({ from: 50, to: 600_000, unit: 'ms' })
      .default(30_000)
      .describe('How long a whole request may take to arrive, and how long a client may take no byte of an answer.'),
    defaultTenantWithoutClientKey: yesOrNo()
      .default(true)
      .describe('Whether a sign-in without X-Client-Key means the tenant `default`.'),
    shutdownMs: integer({ from: 0, to: 600_000, unit: 'ms' })
      .default(5_000)
      .describe('How long requests in flight may take when the process is asked to end.'),
  }),
  database: z.strictObject({
    url: databaseUrl()
      .optional()
      .describe(
        'PostgreSQL or CockroachDB of yours, as the role of the application. Without it the embedded PostgreSQL runs.',
      ),
    migrationUrl: databaseUrl()
      .optional()
      .describe(
        'The same database as the role that owns the tables; it migrates and grants. Without it `database.url` does both.',
      ),
    connections: integer({ from: 1, to: 500 })
      .default(10)
      .describe('Connections for reads; appends have their own (`store.lanes`).'),
  }),
  store: z.strictObject({
    lanes: integer({ from: 1, to: 64 })
      .default(2)
      .describe('Appending statements under way at once; up to 4 for each vCPU of the database, over all processes.'),
    maxQueued: integer({ from: 1, to: 1_000_000, unit: 'appends' })
      .default(10_000)
      .describe('Appends that may wait; beyond it the answer is 503 OVERLOADED.'),
    deadlineMs: integer({ from: 100, to: 600_000, unit: 'ms' })
      .default(15_000)
      .describe(
        'How long an append is retried, and a command waits for those before it on one stream, until its caller gets 503.',
      ),
  }),
  processors: z.strictObject({
    leaseMs: integer({ from: 500, to: 600_000, unit: 'ms' })
      .default(5_000)
      .describe('How long the partitions of a process that died stay with it.'),
    pollMs: integer({ from: 5, to: 60_000, unit: 'ms' })
      .default(250)
      .describe('Longest pause between two looks at the log for commits of other processes.'),
    batchSize: integer({ from: 1, to: 100_000, unit: 'events' })
      .default(2_000)
      .describe('Most events in one step of a processor.'),
  }),
  reads: z.strictObject({
    maxWaitMs: integer({ from: 0, to: 60_000, unit: 'ms' })
      .default(1_000)
      .describe('Longest wait of a read for the position in Sandai-Wait-For.'),
  }),
  idempotency: z.strictObject({
    retentionHours: integer({ from: 1, to: 8_760, unit: 'hours' })
      .default(24)
      .describe('How long the answer of a key is kept.'),
    tokenReplayMinutes: integer({ from: 1, to: 60, unit: 'minutes' })
      .default(10)
      .describe('How long an answer that holds tokens is replayed.'),
    waitMs: integer({ from: 0, to: 60_000, unit: 'ms' })
      .default(1_000)
      .describe('How long a request waits for the first one with its key before 409.'),
  }),
  tokens: z.strictObject({
    sessionTtlSeconds: integer({ from: 1, to: day, unit: 'seconds' })
      .default(7_200)
      .describe('Life of a session token.'),
    refreshTtlSeconds: integer({ from: 1, to: 365 * day, unit: 'seconds' })
      .default(day)
      .describe('Life of a refresh token.'),
    familyTtlSeconds: integer({ from: 1, to: 3_650 * day, unit: 'seconds' })
      .default(30 * day)
      .describe('How long a sign-in can be refreshed at all.'),
  }),
  rateLimit: z.strictObject({
    anonymousPerMinute: integer({ from: 1, to: 1_000_000_000 })
      .default(200)
      .describe('Requests without a session, by IP address (IPv6: /64).'),
    devicePerMinute: integer({ from: 1, to: 1_000_000_000 }).default(10).describe('Sign-ins of one device.'),
    devicePerHour: integer({ from: 1, to: 1_000_000_000 })
      .default(60)
      .describe('Sign-ins of one device, or of one account at a provider.'),
    newPlayersPerHour: integer({ from: 1, to: 1_000_000_000 })
      .default(100)
      .describe('Sign-ins that would make an account, by IP address (IPv6: /64).'),
    signedInPerMinute: integer({ from: 1, to: 1_000_000_000 })
      .default(200)
      .describe('Requests with a session, by IP address (IPv6: /64).'),
    matchCommandsPerSecond: integer({ from: 1, to: 1_000_000 }).default(30).describe('Match commands of one player.'),
    webhooksPerSecond: integer({ from: 1, to: 1_000_000 })
      .default(1_000)
      .describe('Webhooks with a good signature, of one sender and tenant; others count by IP address.'),
  }),
  matchmaking: z.strictObject({
    modes: modeTable()
      .default(['solo:1:2', 'duo:2:2', 'trio:3:2', 'squad:4:2'])
      .describe('Ways to play: for each its name, the players of a team, and the number of teams.'),
    ticketTtlSeconds: integer({ from: 1, to: day, unit: 'seconds' })
      .default(300)
      .describe('How long a ticket waits before it expires.'),
    skillWindow: integer({ from: 0, to: 1_000_000, unit: 'points' })
      .default(200)
      .describe('How far apart in skill players may be at first; a tenth of their own skill is added.'),
    skillWindowPerSecond: integer({ from: 0, to: 1_000_000, unit: 'points' })
      .default(200)
      .describe('How much farther with each second of waiting.'),
    matchMinutes: integer({ from: 1, to: 1_440, unit: 'minutes' })
      .default(30)
      .describe('How long a match may run; then it ends as it stands.'),
    victoryReward: currencyAmount()
      .optional()
      .describe('What each player of the team that wins a match is given, as `currency:amount`. Without it nothing.'),
    season: seasonNameText()
      .optional()
      .describe(
        'The season that match results go into, in each tenant that has it: 3 points for a victory, 1 for a draw. Without it none.',
      ),
  }),
  analytics: z.strictObject({
    measures: list('names of measures, separated by commas', /^[A-Za-z][A-Za-z0-9_]{0,39}$/)
      .default([])
      .describe('The numbers that clients may send, which stay readable after an erasure; any while there is none.'),
    maxAgeDays: integer({ from: 1, to: 3_650, unit: 'days' })
      .default(30)
      .describe('How old a collected event may be; one that is said to be older counts at the time when it arrived.'),
    sessionGapMinutes: integer({ from: 10, to: 1_440, unit: 'minutes' })
      .default(30)
      .describe('Without an event for longer than this, the next one begins another play session.'),
  }),
  group: z.strictObject({
    maxMembers: integer({ from: 1, to: 1_000, unit: 'players' }).default(100).describe('Most members of a group.'),
    inviteHours: integer({ from: 1, to: 8_760, unit: 'hours' })
      .default(168)
      .describe('How long an invitation to a group counts.'),
  }),
  party: z.strictObject({
    freeSize: integer({ from: 1, to: 32, unit: 'players' })
      .default(2)
      .describe('Most members of a party whose leader has no tier.'),
    silverSize: integer({ from: 1, to: 32, unit: 'players' })
      .default(4)
      .describe('Most members of a party whose leader is of tier silver.'),
    goldSize: integer({ from: 1, to: 32, unit: 'players' })
      .default(8)
      .describe('Most members of a party whose leader is of tier gold.'),
    maxTierGap: integer({ from: 0, to: 2, unit: 'tiers' })
      .default(2)
      .describe('How many tiers may lie between a member and the leader; 2 = any.'),
    inviteSeconds: integer({ from: 1, to: day, unit: 'seconds' })
      .default(600)
      .describe('How long an invitation to a party counts.'),
  }),
  remoteConfig: z.strictObject({
    builtIn: jsonObject()
      .default({})
      .describe('What the game of everybody is configured with where nothing else was set, in each tenant.'),
  }),
  keys: z.strictObject({
    file: path('a file')
      .optional()
      .describe(
        'The file with the keys; without it `keys.json` in the data directory. Single keys: see docs/security.md.',
      ),
  }),
  redis: z.strictObject({
    url: redisUrl()
      .optional()
      .describe('Redis that processes share jobs and rate limits through. Without it each process has its own.'),
  }),
  jobs: z.strictObject({
    concurrency: integer({ from: 1, to: 1_000, unit: 'jobs' })
      .default(32)
      .describe('Answers of bots, e-mails and push messages that one process sends at once.'),
    retryBaseMs: integer({ from: 1, to: 600_000, unit: 'ms' })
      .default(1_000)
      .describe('Longest pause after the first attempt that failed is twice this; it doubles with each further one.'),
    lostAfterMs: integer({ from: 100, to: 3_600_000, unit: 'ms' })
      .default(30_000)
      .describe('How long after its time a job that nobody did is handed out again.'),
  }),
  bots: z.strictObject({
    telegramUrl: httpUrl().default('https://api.telegram.org').describe('Bot API that answers of bots are sent to.'),
  }),
  notifications: z.strictObject({
    pushUrl: httpUrl()
      .optional()
      .describe("Service that knows the players' devices and takes push messages. Without it they are only recorded."),
    pushToken: secretText('a token').optional().describe('Sent to `notifications.pushUrl` as a Bearer token.'),
  }),
  mail: z.strictObject({
    url: httpUrl()
      .optional()
      .describe(
        'Service that takes e-mails as JSON and sends them. Without it each e-mail is a file in the folder `mail` of the data directory.',
      ),
    token: secretText('a token').optional().describe('Sent to `mail.url` as a Bearer token.'),
  }),
  social: z.strictObject({
    providers: providerTable()
      .default([])
      .describe(
        'Providers of OpenID Connect whose accounts players sign in with: for each its name, issuer, ids of your applications there, and where its keys are.',
      ),
  }),
  vault: z.strictObject({
    address: text('a URL such as https://vault.example:8200')
      .optional()
      .describe('HashiCorp Vault that holds keys; without it none is asked. See docs/security.md.'),
    path: text('a mount, a slash and a name')
      .default('secret/sandai')
      .describe('The secret with the keys, in a key-value store of version 2.'),
    namespace: text('a namespace').optional().describe('Namespace of Vault Enterprise.'),
    token: text('a token').meta({ secret: true }).optional().describe('Token to read it with.'),
    tokenFile: path('a file').optional().describe('File with the token, read anew each time.'),
    roleId: text('a role id').optional().describe('AppRole to log in with instead of a token.'),
    secretId: text('a secret id').meta({ secret: true }).optional().describe('Secret id of the AppRole.'),
    secretIdFile: path('a file').optional().describe('File with the secret id of the AppRole.'),
    refreshSeconds: integer({ from: 1, to: 86_400, unit: 'seconds' })
      .default(60)
      .describe('How often the secret is read again by a running process.'),
  }),
  log: z.strictObject({
    level: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('Least severe lines that are logged.'),
    file: path('a file, or - for standard output')
      .optional()
      .describe(
        'Where JSON logs go. Without it `start` writes logs/sandai.log in the data directory, other commands standard output.',
      ),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;
