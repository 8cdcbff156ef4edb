import type { Settings } from '../config/settings.ts';
import { connect } from '../migrate/connection.ts';
import type { Sql } from '../ports/database.ts';
import { UserError } from './command.ts';
import { openDatabase } from './open-database.ts';

/** Runs `use` on a connection of the application's role, and closes what was opened for it.
 *  @throws UserError when the database has no schema yet */
export async function withDatabase<T>(
  settings: Settings,
  note: (line: string) => void,
  use: (sql: Sql) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(settings, note);
  try {
    const client = await connect(database.databaseUrl);
    try {
      return await use({
        query: async (text, params = []) => {
          const { rows, rowCount } = await client.query(text, [...params]);
          return { rows, rowCount: rowCount ?? 0 };
        },
      });
    } finally {
      await client.end();
    }
  } catch (error) {
    const isUndefinedTable = error instanceof Error && 'code' in error && error.code === '42P01';
    throw isUndefinedTable ? new UserError('The database has no tables yet: run `npx sandai migrate` first.') : error;
  } finally {
    await database.stop();
  }
}
