import { expect, test } from 'vitest';
import { accounts } from '../folds/account.ts';
import { economy } from '../folds/economy.ts';
import type { Row } from '../folds/rows.ts';
import { all, type Journey } from '../stage.ts';

const dateOf = (day: unknown): string => new Date(Number(day) * 86_400_000).toISOString().slice(0, 10);

/** What players and operators see of sign-ins, money and things. */
export function accountReads(journey: () => Journey): void {
  const ofPlayer = (rows: readonly Row[], id: string) => rows.filter((row) => row['player_id'] === id);

  test("everybody's sign-ins are those that nobody ended, and devices those that are linked", async () => {
    const { log, players, waitFor } = journey();
    const [sessions, devices] = [accounts['sessions']!(log), accounts['devices']!(log)];
    for (const { id, client } of players) {
      const open = await all(client.pages('/v1/sessions', { query: { limit: 1 }, waitFor }));
      expect(open.map((session) => session.id)).toEqual(
        ofPlayer(sessions, id)
          .filter((row) => row['ended_at'] === undefined)
          .map((row) => row['session_id'])
          .reverse(),
      );
      const linked = await all(client.pages('/v1/devices', { query: { limit: 1 }, waitFor }));
      expect(linked.map((device) => device.id)).toEqual(
        ofPlayer(devices, id)
          .map((row) => row['device_hash'])
          .sort(),
      );
    }
  });

  test('everybody has what the postings of their ledger add up to', async () => {
    const { log, players, waitFor } = journey();
    const rows = economy['ledger_accounts']!(log);
    expect(rows.reduce((sum, row) => sum + (row['balance'] as bigint), 0n)).toBe(0n);
    for (const { id, client } of players) {
      const { currencies, items } = await client.get('/v1/inventory', { waitFor });
      const found = [
        ...currencies.map(({ currency, balance }) => [currency, balance]),
        ...items.map(({ item, quantity }) => [item, quantity]),
      ];
      expect(found.sort()).toEqual(
        ofPlayer(rows, id)
          .filter((row) => row['account'] === 'player' && row['balance'] !== 0n)
          .map((row) => [row['asset'], Number(row['balance'])])
          .sort(),
      );
    }
  });

  test('everybody has the purchases that they made, the newest first', async () => {
    const { log, players, waitFor } = journey();
    const rows = economy['purchases']!(log);
    expect(new Set(rows.map((row) => row['status']))).toEqual(
      new Set(['validated', 'refused', 'refunded', 'charged_back']),
    );
    for (const { id, client } of players) {
      const made = await all(client.pages('/v1/purchases', { query: { limit: 1 }, waitFor }));
      expect(made.map(({ purchase_id, status }) => [purchase_id, status])).toEqual(
        ofPlayer(rows, id)
          .map((row) => [row['purchase_id'], row['status']])
          .reverse(),
      );
    }
  });

  test('what came in and went back adds up to the purchases', async () => {
    const { log, ops, waitFor } = journey();
    const days = await all(ops.pages('/v1/analytics/revenue', { query: { limit: 1 }, waitFor }));
    const rows = economy['revenue']!(log);
    const sum = (of: readonly Row[]) => of.reduce((total, row) => total + Number(row['amount']), 0);
    expect(days.reduce((total, { gross }) => total + gross, 0)).toBe(sum(rows));
    expect(days.reduce((total, { refunded }) => total + refunded, 0)).toBe(
      sum(rows.filter((row) => row['reversed_day'] !== undefined)),
    );
  });

  test('what came to players and what left them adds up, by day, asset and cause', async () => {
    const { log, ops, waitFor } = journey();
    const flows = await all(ops.pages('/v1/analytics/economy', { query: { limit: 3 }, waitFor }));
    const expected = new Map<string, number[]>();
    for (const row of economy['economy_days']!(log)) {
      const key = [dateOf(row['day']), row['asset'], row['cause']].join(' ');
      const known = expected.get(key) ?? [0, 0, 0];
      const columns = ['sources', 'sinks', 'movements'];
      expected.set(
        key,
        columns.map((column, at) => known[at]! + Number(row[column])),
      );
    }
    const found = flows.map(({ day, name, cause, sources, sinks, movements }) => [
      [day, name, cause].join(' '),
      [sources, sinks, movements],
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });
}
