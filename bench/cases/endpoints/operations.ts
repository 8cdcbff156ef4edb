import { accounts } from './account.ts';
import { groups, parties } from './circles.ts';
import { competing, playing } from './compete.ts';
import { trading } from './economy.ts';
import { experimenting } from './experiments.ts';
import type { Operation } from './model.ts';
import { analysing, operating } from './observe.ts';
import { chatting, telling } from './tell.ts';

/** What players do, and a few operators beside them: every endpoint but {@link exceptions}. */
export const operations: readonly Operation[] = [
  ...accounts,
  ...competing,
  ...playing,
  ...groups,
  ...parties,
  ...trading,
  ...telling,
  ...chatting,
  ...analysing,
  ...experimenting,
  ...operating,
];

/** Endpoints that the load leaves out, and why. */
export const exceptions: Readonly<Record<string, string>> = {};
