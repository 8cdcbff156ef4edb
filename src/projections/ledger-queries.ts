import { z } from 'zod';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { causeField } from '../events/wallet.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { accountsTable, entriesTable } from './ledger.ts';
import { physicalName } from './table.ts';

export type Owner = { readonly tenant: TenantId; readonly playerId: PlayerId };

const kind = z.enum(['currency', 'item']);
const balanceRow = z.object({ kind, asset: z.string(), balance: z.coerce.number() });
/** What a player has of an asset; below 0 = they owe it. */
export type BalanceRow = z.infer<typeof balanceRow>;

/** What a player has and owes, by kind and name. */
export async function balancesOf(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: Owner,
): Promise<readonly BalanceRow[]> {
  const table = physicalName(accountsTable, await generations.of('ledger'));
  const { rows } = await sql.query(
    `SELECT kind, asset, balance FROM ${table}
     WHERE tenant = $1::text AND player_id = $2::uuid AND account = 'player' AND balance <> 0 ORDER BY kind, asset`,
    [tenant, playerId],
  );
  return rows.map((row) => balanceRow.parse(row));
}

const entryRow = z
  .object({
    entry: z.coerce.number(),
    kind,
    asset: z.string(),
    cause: causeField.shape.kind,
    ref: z.string(),
    amount: z.coerce.number(),
    balance: z.coerce.number(),
    posted_at: z.coerce.bigint(),
  })
  .transform(({ posted_at, ...row }) => ({ ...row, postedAt: posted_at }));

/** An entry of a player's ledger, from their side. @property entry its number, from 1 without a gap; @property postedAt µs since 1970 */
export type LedgerEntry = {
  readonly entry: number;
  readonly cause: z.infer<typeof causeField>;
  readonly postedAt: bigint;
  readonly changes: readonly (BalanceRow & { readonly amount: number })[];
};

/** Entries of a player's ledger, the newest first.
 *  @param page.before number of the last one of the page before; null = from the newest on */
export async function entriesOf(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: Owner,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly LedgerEntry[]> {
  const table = physicalName(entriesTable, await generations.of('ledger'));
  const { rows } = await sql.query(
    `SELECT t.entry, t.kind, t.asset, t.cause, t.ref, t.amount, t.balance, t.posted_at FROM ${table} AS t,
       (SELECT coalesce($3::bigint, max(entry) + 1) AS before FROM ${table} WHERE tenant = $1::text AND player_id = $2::uuid) AS b
     WHERE t.tenant = $1::text AND t.player_id = $2::uuid AND t.entry < b.before AND t.entry >= b.before - $4::bigint
     ORDER BY t.entry DESC, t.kind, t.asset`,
    [tenant, playerId, page.before, page.limit],
  );
  const entries: (Omit<LedgerEntry, 'changes'> & { changes: LedgerEntry['changes'][number][] })[] = [];
  for (const row of rows) {
    const { entry, kind: of, asset, cause, ref, amount, balance, postedAt } = entryRow.parse(row);
    if (entries.at(-1)?.entry !== entry) entries.push({ entry, cause: { kind: cause, ref }, postedAt, changes: [] });
    entries.at(-1)?.changes.push({ kind: of, asset, amount, balance });
  }
  return entries;
}
