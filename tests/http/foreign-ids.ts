import type { Attempts } from './foreign-ids/attempt.ts';
import { automation } from './foreign-ids/automation.ts';
import { circles } from './foreign-ids/circles.ts';
import { economy } from './foreign-ids/economy.ts';
import { experiments } from './foreign-ids/experiments.ts';
import { play } from './foreign-ids/play.ts';
import { players } from './foreign-ids/players.ts';

/** Every route, tried by a caller of one tenant with the ids of another: `foreign-ids.int.test.ts` makes the calls.
 *
 *  A new route is entered in {@link attempts}: who calls, and for each id that it takes (every path parameter, every field of the
 *  body that ends with `_id`, `_ids` or is named `uid`) which thing of `foreign-ids/tenants.ts` it names. A new kind of thing is made in
 *  `foreign-ids/tenants.ts`, once for each tenant. */
export const attempts: Attempts = { ...players, ...circles, ...play, ...economy, ...experiments, ...automation };
