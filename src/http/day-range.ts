import { z } from 'zod';
import { type DayRange, dayAt, dayOfDate } from '../projections/days.ts';
import { invalid } from './problem.ts';

/** The most days that a report covers. */
export const maxDays = 92;
const defaultDays = 30;

const date = z.iso
  .date('must be a day such as 2026-03-01')
  .refine((text) => text >= '1970-01-01', 'must be a day since 1970')
  .meta({ example: '2026-03-01' });

/** Fields of a query that name days. */
export const dayRangeQuery = {
  from: date.optional().meta({ description: `First day, in UTC; left out, ${defaultDays} days up to \`to\`.` }),
  to: date.optional().meta({ description: 'Last day, in UTC; left out, today.', example: '2026-03-30' }),
};
export const dayField = date.meta({ description: 'A day, in UTC.' });

/** The days that a query names. @throws Problem when there are none, or too many */
export function parseDayRange(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
): DayRange {
  const last = to === undefined ? dayAt(nowMs) : dayOfDate(to);
  const first = from === undefined ? Math.max(0, last - defaultDays + 1) : dayOfDate(from);
  if (first > last) throw invalid('query.from', 'must not be after `to`');
  if (last - first >= maxDays) throw invalid('query.from', `must be at most ${maxDays - 1} days before \`to\``);
  return { from: first, to: last };
}
