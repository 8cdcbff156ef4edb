import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyticsCommand } from '../../src/cli/analytics.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { analyticsStream } from '../../src/events/analytics.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { analytics } from '../../src/projections/analytics.ts';
import { economy } from '../../src/projections/economy.ts';
import { revenue } from '../../src/projections/revenue.ts';
import { type LogUnderTest, logUnderTest, player, tenant } from '../processors/log-under-test.ts';
import { collected, type Told } from './analytics-events.ts';
import { economyEvent } from './economy-events.ts';

let here: LogUnderTest;
beforeAll(async () => {
  here = await logUnderTest();
  const events: RecordedEvent[] = [];
  const tell = async (who: number, ...told: Told[]) =>
    events.push(...(await here.append(analyticsStream(tenant, player(who)), [collected(who, told)])).events);
  await tell(1, { id: 1, at: 0, name: 'open' }, { id: 2, at: 20, name: 'buy' }, { id: 3, at: 1_500 });
  await tell(2, { id: 1, at: 10, name: 'open' });
  for (const next of [2, 5]) {
    const [stream, event] = economyEvent(3, next);
    events.push(...(await here.append(stream, [event])).events);
  }
  for (const projection of [analytics, economy, revenue]) {
    const fold = projection.fold(1);
    for (const event of events) if (projection.types.includes(event.type)) fold.add(event);
    await here.database.transaction((sql) => fold.write(sql));
  }
});
afterAll(() => here.close());

async function run(...args: string[]) {
  const lines: string[] = [];
  const flags = new Map([['database.url', here.url]]);
  const loaded = loadSettings({ flags, env: {}, cwd: process.cwd() });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const program = new Command('sandai').exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const context = {
    settings: () => loaded.settings,
    out: (line: string) => lines.push(line),
    note: () => {},
  };
  analyticsCommand(program, context);
  for (const command of program.commands[0]!.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  const failed = await program.parseAsync(['analytics', ...args], { from: 'user' }).then(
    () => null,
    (error: Error) => error.message,
  );
  return { lines, failed };
}
const march = ['--from', '2026-03-01', '--to', '2026-03-02'];
const cells = (lines: readonly string[]) => lines.map((line) => line.split(/ {2,}/));

describe('sandai analytics', () => {
  test('activity shows each day as a row', async () => {
    expect(cells((await run('activity', ...march)).lines)).toEqual([
      ['DAY', 'DAU', 'WAU', 'MAU', 'NEW', 'SESSIONS', 'MINUTES PLAYED'],
      ['2026-03-01', '2', '2', '2', '2', '2', '20'],
      ['2026-03-02', '1', '2', '2', '0', '1', '0'],
    ]);
  });

  test('retention shows each cohort, in JSON too', async () => {
    expect(cells((await run('retention', ...march, '--days', '1,2')).lines)).toEqual([
      ['FIRST DAY', 'PLAYERS', 'DAY 1', 'DAY 2'],
      ['2026-03-01', '2', '50.0 %', '0.0 %'],
    ]);
    const { lines } = await run('retention', ...march, '--days', '1', '--json');
    expect(JSON.parse(lines.join('\n'))).toEqual([
      { day: '2026-03-01', players: 2, returned: [{ after: 1, players: 1 }] },
    ]);
  });

  test('funnel shows how many came to each step', async () => {
    expect(cells((await run('funnel', ...march, '--steps', 'open,buy')).lines)).toEqual([
      ['STEP', 'PLAYERS', 'OF ALL'],
      ['open', '2', '100.0 %'],
      ['buy', '1', '50.0 %'],
    ]);
    expect((await run('funnel', ...march, '--steps', 'open,buy', '--within', '60')).lines.at(-1)).toMatch(/^buy +0 /);
  });

  test('revenue and economy show what was paid and what moved', async () => {
    expect(cells((await run('revenue', ...march)).lines).at(-1)).toEqual([
      '2026-03-01',
      'product-3',
      'EUR',
      ...['1', '1', '2', '0', '2'],
    ]);
    expect(
      cells((await run('economy')).lines)
        .at(-1)
        ?.slice(1),
    ).toEqual(['gems', 'currency', 'reward', ...['1', '0', '1']]);
  });

  test('shows nothing of another tenant', async () => {
    expect((await run('retention', ...march, '--tenant', 'acme')).lines).toHaveLength(1);
  });

  test.each([
    [['activity', '--from', 'yesterday'], 'Give a day in UTC'],
    [['activity', '--from', '2026-03-02', '--to', '2026-03-01'], '--from must not be after --to'],
    [['retention', '--days', '0'], 'Give numbers of days'],
    [['funnel', '--steps', 'open'], 'Give 2 to 8 names'],
    [['funnel', '--steps', 'a,b', '--within', 'soon'], 'Give whole seconds'],
    [['funnel'], '--steps'],
  ])('%j says what to do instead', async (args, advice) => {
    const { failed, lines } = await run(...args);
    expect(failed).toContain(advice);
    expect(lines).toEqual([]);
  });
});
