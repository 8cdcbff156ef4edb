import type { Logger } from 'pino';
import type { CommandRuntime } from '../commands/handle.ts';
import type { LogPosition } from '../event-store/port.ts';
import type { SeasonName } from '../events/ids.ts';
import type { AssetAmount } from '../events/wallet.ts';
import type { Sql } from '../ports/database.ts';
import type { JobQueue } from '../ports/jobs.ts';
import type { PersonalDataVault, PersonalRecords } from '../ports/personal-data.ts';
import type { Generations } from '../ports/projection.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { Schedule } from '../ports/schedule.ts';
import type { FinalRanks, SeasonHistory } from '../ports/season-results.ts';
import type { NewCode } from '../reactors/code-mails.ts';
import type { DeadLetterSources, DeadLettersOptions } from '../reactors/dead-letters.ts';

/** What reactors and agendas are made of.
 *  @property matchSeason the season that match results go into; undefined = none
 *  @property matchReward what those who win a match are given; undefined = nothing
 *  @property reveal      opens what was sealed for a subject
 *  @property newCode     makes the codes that are sent by e-mail
 *  @property waitForRows waits until a read model's rows hold a position; false when the time is over
 *  @property jobs        takes what is to be done outside
 *  @property lostAfterMs after which a job that nobody did is handed out again */
export type AutomationDependencies = {
  readonly runtime: CommandRuntime & {
    readonly ranking: Ranking;
    readonly vault: PersonalDataVault;
    readonly records: PersonalRecords;
  };
  readonly matchSeason: SeasonName | undefined;
  readonly matchReward: AssetAmount | undefined;
  readonly reveal: DeadLettersOptions['reveal'];
  readonly newCode: NewCode;
  readonly deadLetterSources: DeadLetterSources;
  readonly log: Logger;
  readonly sql: Sql;
  readonly generations: Generations;
  readonly waitForRows: (readModel: string, position: LogPosition, timeoutMs: number) => Promise<boolean>;
  readonly schedule: Schedule;
  readonly finalRanks: FinalRanks;
  readonly seasonHistory: SeasonHistory;
  readonly jobs: JobQueue;
  readonly lostAfterMs: number;
};
