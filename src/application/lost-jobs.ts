import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { type DueBotCommand, dueBotCommands } from '../projections/bot-commands.ts';
import { type DueSending, dueSendings } from '../projections/notification-queries.ts';
import type { FindLostJobs, LostJob } from '../reactors/lost-work.ts';

type Page<Row> = (until: bigint, after: Row | null, limit: number) => Promise<readonly Row[]>;

/** Finds jobs page by page; the row behind the last job of a page says where the next one begins. */
function finder<Row extends object>(page: Page<Row>, jobOf: (row: Row) => LostJob): FindLostJobs {
  const rows = new WeakMap<object, Row>();
  return async (until, after, limit) => {
    const found = await page(until, after === null ? null : (rows.get(after.job) ?? null), limit);
    return found.map((row) => {
      const lost = jobOf(row);
      rows.set(lost.job, row);
      return lost;
    });
  };
}

export const lostBotCommands = (sql: Sql, generations: Generations): FindLostJobs =>
  finder<DueBotCommand>(
    (...page) => dueBotCommands(sql, generations, ...page),
    ({ dueAt, ...row }) => ({ job: { kind: 'bot_command', ...row }, dueSince: dueAt }),
  );

export const lostSendings = (sql: Sql, generations: Generations): FindLostJobs =>
  finder<DueSending>(
    (...page) => dueSendings(sql, generations, ...page),
    ({ tenant, notificationId, playerId, channel, attempts, dueAt }) => ({
      job: { kind: 'sending', tenant, notificationId, playerId, channel, attempts },
      dueSince: dueAt,
    }),
  );
