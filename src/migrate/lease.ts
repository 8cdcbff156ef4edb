import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { connect, isTransient } from './connection.ts';

const leaseName = 'schema';

/** This process no longer holds the migration lease; another one may be migrating. */
export class MigrationLeaseLost extends Error {
  constructor() {
    super('The migration lease was taken over by another process.');
    this.name = 'MigrationLeaseLost';
  }
}

export type MigrationLease = {
  /** Throws MigrationLeaseLost unless the lease is still ours; inside a transaction nobody takes it before that transaction ends. */
  check: (client: Pick<ClientBase, 'query'>) => Promise<void>;
};

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || attempt === 50) throw error;
      await sleep(Math.random() * 50);
    }
  }
}

async function ensureTable(client: ClientBase): Promise<void> {
  await again(() =>
    client.query(`create table if not exists migration_lease (
      name text primary key, owner text not null, lease_until timestamptz not null)`),
  );
}

async function tryTake(client: ClientBase, owner: string, leaseMs: number): Promise<boolean> {
  const taken = await again(() =>
    client.query(
      `insert into migration_lease (name, owner, lease_until)
       values ($1::text, $2::text, clock_timestamp() + $3::int8 * interval '1 millisecond')
       on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
       where migration_lease.lease_until < clock_timestamp()
       returning owner`,
      [leaseName, owner, leaseMs],
    ),
  );
  return taken.rowCount === 1;
}

/** Runs `work` while holding the one migration lease of a database; waits for its holder, and takes over when the holder's lease ran out
 *  by the database's clock.
 *  @param leaseMs  how long a holder that died keeps others waiting
 *  @param onWait   called once when somebody else holds the lease */
export async function withMigrationLease<T>(
  url: string,
  leaseMs: number,
  onWait: () => void,
  work: (lease: MigrationLease) => Promise<T>,
): Promise<T> {
  const owner = randomUUID();
  const client = await connect(url);
  try {
    await ensureTable(client);
    for (let waited = false; !(await tryTake(client, owner, leaseMs)); waited = true) {
      if (!waited) onWait();
      await sleep(100 + Math.random() * 100);
    }
    const renew = () =>
      client.query(
        `update migration_lease set lease_until = clock_timestamp() + $3::int8 * interval '1 millisecond'
         where name = $1::text and owner = $2::text`,
        [leaseName, owner, leaseMs],
      );
    // a renewal that fails needs no handling: `check` finds out before anything is committed
    const heartbeat = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
    try {
      return await work({
        check: async (migrating) => {
          const held = await migrating.query(
            'select 1 from migration_lease where name = $1::text and owner = $2::text for update',
            [leaseName, owner],
          );
          if (held.rowCount !== 1) throw new MigrationLeaseLost();
        },
      });
    } finally {
      clearInterval(heartbeat);
      await again(() =>
        client.query('delete from migration_lease where name = $1::text and owner = $2::text', [leaseName, owner]),
      ).catch(() => {}); // then it runs out by itself
    }
  } finally {
    await client.end().catch(() => {});
  }
}
