import { projections } from '../../projections.config.ts';
import { dialectOf } from '../event-store/sql/dialect.ts';
import { initialiseLog } from '../event-store/sql/initialise.ts';
import { type MigrateResult, migrate } from '../migrate/index.ts';
import type { Sql } from '../ports/database.ts';
import { ensureProjections } from '../processors/ensure-projections.ts';

/** Streams of these categories may be conditions of appends; every process of a database needs the same list. */
export const conditionCategories: readonly string[] = ['email', 'party', 'player', 'product', 'season'];

/** @property ownerUrl for the role that owns the tables
 *  @property appRole  role of the application; undefined = the owner itself */
export type PrepareOptions = {
  readonly ownerUrl: string;
  readonly appRole: string | undefined;
  readonly log: (line: string) => void;
};

/** Brings a database to this build's schema and makes what it needs before anybody works on it: the log, storage settings,
 *  the read models' tables. Any number of processes may do so at once.
 *  @throws as `migrate` */
export function prepareDatabase({ ownerUrl, appRole, log }: PrepareOptions): Promise<MigrateResult> {
  return migrate({
    migrationUrl: ownerUrl,
    ...(appRole && { appRole }),
    log,
    afterMigrations: async (owner) => {
      await initialiseLog(owner);
      await tune(owner);
      const { created, warnings } = await ensureProjections(owner, appRole ?? null, projections);
      for (const name of created) log(`Made the tables of projection ${name}.`);
      return warnings;
    },
  });
}

async function tune(owner: Sql): Promise<void> {
  const { rows } = await owner.query('SELECT version() AS version');
  const { version } = rows[0] as { version: string };
  for (const statement of dialectOf(version).tuning) await owner.query(statement);
}
