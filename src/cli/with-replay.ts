import type { Settings } from '../config/settings.ts';
import { openEventStore } from '../event-store/index.ts';
import { openDatabase as openSqlDatabase, type SqlDatabase } from '../event-store/sql/database.ts';
import { ReplayStopped } from '../replay/errors.ts';
import type { ReplayContext } from '../replay/replay.ts';
import { urlInSchema } from '../replay/scratch.ts';
import { UserError } from './command.ts';
import { openDatabase } from './open-database.ts';

/** What analysts' commands work with. @property source database of the live rows; @property signal aborted by Ctrl-C */
export type ReplayTools = ReplayContext & { readonly signal: AbortSignal; readonly source: SqlDatabase };

/** Opens what analysts' commands work with, and closes it after them. Ctrl-C ends the work after what is in flight.
 *  @throws UserError for what the analyst can mend */
export async function withReplay<T>(
  settings: Settings,
  note: (line: string) => void,
  use: (tools: ReplayTools) => Promise<T>,
): Promise<T> {
  const urls = await openDatabase(settings, note);
  const abort = new AbortController();
  const interrupt = () => abort.abort(new UserError('Interrupted.'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const close: (() => Promise<void>)[] = [urls.stop];
  try {
    const log = await openEventStore({ connectionString: urls.databaseUrl, lanes: 1, readConnections: 4 });
    close.push(() => log.close());
    const database = await openSqlDatabase({ url: urls.databaseUrl, maxConnections: 3 });
    close.push(() => database.close());
    const owner = await openSqlDatabase({ url: urls.ownerUrl, maxConnections: 2 });
    close.push(() => owner.close());
    const openInSchema = (schema: string) =>
      openSqlDatabase({ url: urlInSchema(urls.ownerUrl, schema), maxConnections: 3 });
    return await use({ log, database, owner, openInSchema, signal: abort.signal, source: database });
  } catch (error) {
    throw error instanceof ReplayStopped ? new UserError(...error.message.split('\n')) : error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    for (const each of close.reverse()) await each();
  }
}
