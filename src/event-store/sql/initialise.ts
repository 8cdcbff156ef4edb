import type { Sql } from '../../ports/database.ts';
import { streamHashName } from '../partition.ts';

/** Makes the log of a freshly migrated database: its id, the number of partitions and the stream hash, for ever.
 *  Does nothing when the log exists. For the owner, under the migration lease.
 *  @param partitions 16 when left out */
export async function initialiseLog(sql: Sql, partitions = 16): Promise<void> {
  await sql.query(
    'insert into log_info (singleton, partitions, stream_hash) values (true, $1::int, $2::text) on conflict (singleton) do nothing',
    [partitions, streamHashName],
  );
  await sql.query(
    `insert into log_partitions (partition)
     select n from log_info, generate_series(0, partitions - 1) as n on conflict (partition) do nothing`,
  );
}
