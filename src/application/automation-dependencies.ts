import type { CommandRuntime } from '../commands/handle.ts';
import type { LogPosition } from '../event-store/port.ts';
import type { Sql } from '../ports/database.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import type { Generations } from '../ports/projection.ts';

/** What reactors and agendas are made of.
 *  @property waitForRows waits until a read model's rows hold a position; false when the time is over */
export type AutomationDependencies = {
  readonly runtime: CommandRuntime & { readonly records: PersonalRecords };
  readonly sql: Sql;
  readonly generations: Generations;
  readonly waitForRows: (readModel: string, position: LogPosition, timeoutMs: number) => Promise<boolean>;
};
