import { type Command, InvalidArgumentError } from 'commander';
import { projections } from '../../projections.config.ts';
import { analyticsNamePattern } from '../events/analytics.ts';
import type { TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { createGenerations } from '../processors/generations.ts';
import { activityByDay, retentionByCohort } from '../projections/activity-queries.ts';
import { type DayRange, dateOf, dayAt, dayOfDate } from '../projections/days.ts';
import { flowsByDay } from '../projections/economy-queries.ts';
import { funnel, maxSteps } from '../projections/funnel-query.ts';
import { revenueByDay } from '../projections/revenue.ts';
import { type CliCommand, type CliContext, UserError } from './command.ts';
import { table } from './table.ts';
import { withDatabase } from './with-database.ts';

type Options = { readonly from?: number; readonly to?: number; readonly tenant: string; readonly json?: boolean };
/** What a report is made from. */
type Asked = {
  readonly sql: Sql;
  readonly generations: Generations;
  readonly tenant: TenantId;
  readonly range: DayRange;
};
/** @property rows for people, the heading first; @property json for programs */
type Report = { readonly rows: readonly (readonly string[])[]; readonly json: unknown };

const defaultDays = 30;
const pageSize = 1_000;

function parseDay(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`)) || text < '1970')
    throw new InvalidArgumentError('Give a day in UTC, for example 2026-03-01.');
  return dayOfDate(text);
}

function parseList(text: string, isValid: (each: string) => boolean, advice: string): string[] {
  const all = text.split(',');
  if (!all.every(isValid)) throw new InvalidArgumentError(advice);
  return all;
}
const parseDays = (text: string): number[] =>
  parseList(text, (each) => /^[1-9]\d{0,2}$/.test(each), 'Give numbers of days, for example 1,7,30.').map(Number);
function parseSteps(text: string): string[] {
  const advice = `Give 2 to ${maxSteps} names of events, for example shop_opened,item_bought.`;
  const steps = parseList(text, (each) => analyticsNamePattern.test(each), advice);
  if (steps.length < 2 || steps.length > maxSteps) throw new InvalidArgumentError(advice);
  return steps;
}
function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('Give whole seconds, for example 86400.');
  return Number(text);
}

const percent = (part: number | null, all: number): string =>
  part === null ? '' : `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;

/** All pages of a list. */
async function allOf<T>(page: (after: T | null) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const next = await page(all.at(-1) ?? null);
    all.push(...next);
    if (next.length < pageSize) return all;
  }
}
const dated = <T extends { readonly day: number }>(rows: readonly T[]) =>
  rows.map((row) => ({ ...row, day: dateOf(row.day) }));

async function activityReport({ sql, generations, tenant, range }: Asked, gapMs: number): Promise<Report> {
  const days = await activityByDay(sql, generations, tenant, range, gapMs);
  const lines = days.map(({ day, dau, wau, mau, newPlayers, sessions, playSeconds }) => [
    dateOf(day),
    ...[dau, wau, mau, newPlayers, sessions, Math.round(playSeconds / 60)].map(String),
  ]);
  return { rows: [['DAY', 'DAU', 'WAU', 'MAU', 'NEW', 'SESSIONS', 'MINUTES PLAYED'], ...lines], json: dated(days) };
}

async function retentionReport({ sql, generations, tenant, range }: Asked, after: readonly number[]): Promise<Report> {
  const cohorts = await retentionByCohort(sql, generations, tenant, range, after, dayAt(Date.now()));
  const lines = cohorts.map(({ day, players, returned }) => [
    dateOf(day),
    `${players}`,
    ...returned.map((each) => percent(each.players, players)),
  ]);
  return { rows: [['FIRST DAY', 'PLAYERS', ...after.map((days) => `DAY ${days}`)], ...lines], json: dated(cohorts) };
}

async function funnelReport(
  { sql, generations, tenant, range }: Asked,
  steps: readonly string[],
  withinMs: number,
): Promise<Report> {
  const reached = await funnel(sql, generations, tenant, steps, range, withinMs);
  const all = reached[0]?.players ?? 0;
  const lines = reached.map(({ step, players }) => [step, `${players}`, percent(players, all)]);
  return { rows: [['STEP', 'PLAYERS', 'OF ALL'], ...lines], json: reached };
}

async function revenueReport({ sql, generations, tenant, range }: Asked): Promise<Report> {
  type Row = Awaited<ReturnType<typeof revenueByDay>>[number];
  const found = await allOf<Row>((after) => revenueByDay(sql, generations, tenant, range, { after, limit: pageSize }));
  const lines = found.map(({ day, productId, currency, purchases, payers, gross, refunded }) => [
    dateOf(day),
    productId,
    currency,
    ...[purchases, payers, gross, refunded, gross - refunded].map(String),
  ]);
  const heading = ['DAY', 'PRODUCT', 'CURRENCY', 'PURCHASES', 'PAYERS', 'PAID', 'REFUNDED', 'NET (MINOR UNITS)'];
  return { rows: [heading, ...lines], json: dated(found) };
}

async function economyReport({ sql, generations, tenant, range }: Asked): Promise<Report> {
  type Row = Awaited<ReturnType<typeof flowsByDay>>[number];
  const found = await allOf<Row>((after) => flowsByDay(sql, generations, tenant, range, { after, limit: pageSize }));
  const lines = found.map(({ day, asset, kind, cause, sources, sinks, movements }) => [
    dateOf(day),
    asset,
    kind,
    cause,
    ...[sources, sinks, movements].map(String),
  ]);
  return {
    rows: [['DAY', 'ASSET', 'KIND', 'CAUSE', 'TO PLAYERS', 'FROM PLAYERS', 'MOVEMENTS'], ...lines],
    json: dated(found),
  };
}

/** `sandai analytics activity | retention | funnel | revenue | economy`. */
export const analyticsCommand: CliCommand = (program, context) => {
  const command = program.command('analytics').description('what players do: activity, retention, funnels, money');
  const report = (name: string, description: string, example: string): Command =>
    command
      .command(name)
      .description(description)
      .option('--from <day>', `first day, in UTC; left out, ${defaultDays} days up to --to`, parseDay)
      .option('--to <day>', 'last day, in UTC; left out, today', parseDay)
      .option('--tenant <tenant>', 'of which tenant', 'default')
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  npx sandai analytics ${name} ${example}`);

  report(
    'activity',
    'show active and new players and play sessions by day',
    '--from 2026-03-01 --to 2026-03-31',
  ).action((options: Options) => {
    const gapMs = context.settings().analytics.sessionGapMinutes * 60_000;
    return show(context, options, (asked) => activityReport(asked, gapMs));
  });
  report('retention', 'show how many players come back, by their first day', '--days 1,7 --json')
    .option('--days <days>', 'after how many days', parseDays, [1, 3, 7, 14, 30])
    .action((options: Options & { days: number[] }) =>
      show(context, options, (asked) => retentionReport(asked, options.days)),
    );
  report('funnel', 'show how far players come on the way from one event to another', '--steps shop_opened,item_bought')
    .requiredOption('--steps <names>', 'names of events in their order, separated by commas', parseSteps)
    .option('--within <seconds>', 'how long after the first step the last one may be', parseSeconds, 86_400)
    .action((options: Options & { steps: string[]; within: number }) =>
      show(context, options, (asked) => funnelReport(asked, options.steps, options.within * 1_000)),
    );
  report('revenue', 'show what was paid and what went back, by day, product and currency', '--from 2026-03-01').action(
    (options: Options) => show(context, options, revenueReport),
  );
  report('economy', 'show what came to players and what left them, by day, asset and cause', '--tenant acme').action(
    (options: Options) => show(context, options, economyReport),
  );
};

async function show(
  { settings, note, out }: CliContext,
  { from, to, tenant, json }: Options,
  make: (asked: Asked) => Promise<Report>,
): Promise<void> {
  const last = to ?? dayAt(Date.now());
  const range = { from: from ?? Math.max(0, last - defaultDays + 1), to: last };
  if (range.from > range.to) throw new UserError('--from must not be after --to.');
  const report = await withDatabase(settings(), note, (sql) =>
    make({ sql, generations: createGenerations(sql, projections), tenant: tenant as TenantId, range }),
  );
  if (json) return out(JSON.stringify(report.json, null, 2));
  for (const line of table(report.rows)) out(line);
}
