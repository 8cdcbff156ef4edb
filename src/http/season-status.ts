import { z } from 'zod';

export const statusName = z
  .enum(['scheduled', 'open', 'closed'])
  .meta({ description: 'Whether scores count now.', example: 'open' });

export type SeasonStatus = z.infer<typeof statusName>;

/** What a season is now: closed by an operator or by its time, or not open yet.
 *  @param now milliseconds since 1970 */
export function seasonStatus(
  season: { readonly status: 'open' | 'closed'; readonly opensAt: string | null; readonly closesAt: string | null },
  now: number,
): SeasonStatus {
  const { status, opensAt, closesAt } = season;
  if (status === 'closed' || (closesAt !== null && now >= Date.parse(closesAt))) return 'closed';
  return opensAt !== null && now < Date.parse(opensAt) ? 'scheduled' : 'open';
}
