import { prepareDatabase } from '../application/database.ts';
import type { CliCommand } from './command.ts';
import { openDatabase } from './open-database.ts';

/** `sandai migrate`: brings the database to this release's schema and grants the application's role its privileges. */
export const migrateCommand: CliCommand = (program, { settings, out, note }) => {
  program
    .command('migrate')
    .description('bring the database to the schema of this release')
    .action(async () => {
      const database = await openDatabase(settings(), note);
      try {
        const { ownerUrl, appRole } = database;
        const { applied, warnings } = await prepareDatabase({ ownerUrl, appRole, log: out });
        if (applied.length === 0) out('The database has the schema of this release already.');
        for (const warning of warnings) note(warning);
      } finally {
        await database.stop();
      }
    });
};
