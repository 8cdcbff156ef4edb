import type { Logger } from 'pino';
import type { CommandRuntime } from '../commands/handle.ts';
import type { Settings } from '../config/schema.ts';
import type { LogPosition } from '../event-store/port.ts';
import type { Sql } from '../ports/database.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { PersonalDataVault, PersonalRecords } from '../ports/personal-data.ts';
import type { Generations } from '../ports/projection.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { ReceiptValidator } from '../ports/receipt-validator.ts';
import type { Schedule } from '../ports/schedule.ts';
import type { SharedCounts } from '../ports/shared-counts.ts';
import type { SocialVerifier } from '../ports/social-verifier.ts';
import type { Boards } from '../projections/boards.ts';
import type { ErasureAnnouncements } from '../projections/erasures.ts';
import type { RemoteConfig } from '../projections/remote-config.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { NakamaGrant } from '../security/nakama-token.ts';
import type { PersonalData } from '../security/personal-data.ts';
import type { TokenIssuer } from '../security/session-token.ts';
import type { StoredResponses } from '../security/stored-response.ts';
import type { TenantDirectory } from '../security/tenants.ts';
import type { AuthenticationOptions } from './authentication.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimitClass } from './rate-limit.ts';

/** What reads are answered from.
 *  @property waitForRows  waits until a read model's rows hold a position; false when the time is over
 *  @property waitForBoards as `waitForRows`, for the ranked boards in memory
 *  @property waitForConfig as `waitForRows`, for experiments and configurations in memory */
export type ReadModels = {
  readonly sql: Sql;
  readonly generations: Generations;
  readonly boards: Boards;
  readonly remoteConfig: RemoteConfig;
  readonly waitForRows: (readModel: string, position: LogPosition, timeoutMs: number) => Promise<boolean>;
  readonly waitForBoards: (position: LogPosition, timeoutMs: number) => Promise<boolean>;
  readonly waitForConfig: (position: LogPosition, timeoutMs: number) => Promise<boolean>;
};

/** Answer of /readyz. @property ready false = a needed dependency is down */
export type Health = {
  readonly ready: boolean;
  readonly dependencies: Readonly<Record<string, 'up' | 'down'>>;
  readonly warnings: readonly string[];
};

/** What the façade works with.
 *  @property retryableSources sources whose dead letters can be retried
 *  @property isOutage whether an error means that the database could not be reached or did not answer
 *  @property counts   counters that other processes add to as well; null = there are none
 *  @property now      milliseconds since 1970 */
export type Dependencies = {
  readonly counts: SharedCounts | null;
  /** Ways to play. */
  readonly modes: readonly { readonly name: string; readonly teamSize: number }[];
  readonly settings: Pick<
    Settings,
    'analytics' | 'http' | 'idempotency' | 'group' | 'party' | 'matchmaking' | 'remoteConfig' | 'tokens' | 'reads'
  >;
  /** Most requests of one client in a window, as they are at the moment. */
  readonly rateLimits: () => Readonly<Record<RateLimitClass, number>>;
  readonly runtime: CommandRuntime & {
    readonly ranking: Ranking;
    readonly vault: PersonalDataVault;
    readonly records: PersonalRecords;
    readonly receipts: ReceiptValidator;
  };
  readonly reads: ReadModels;
  readonly ring: KeyRing;
  readonly tenants: TenantDirectory;
  readonly authentication: AuthenticationOptions;
  readonly issueTokens: TokenIssuer;
  readonly issueNakamaToken: (grant: NakamaGrant) => string;
  readonly storedResponses: StoredResponses;
  readonly schedule: Schedule;
  readonly personalData: Pick<PersonalData, 'decrypt' | 'decryptMany'>;
  readonly passwords: Passwords;
  readonly social: SocialVerifier;
  readonly retryableSources: ReadonlySet<string>;
  readonly erasures: ErasureAnnouncements;
  readonly metrics: Metrics;
  readonly health: () => Promise<Health>;
  readonly isOutage: (error: unknown) => boolean;
  readonly log: Logger;
  readonly now: () => number;
};
