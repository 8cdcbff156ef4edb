import { Cron } from 'croner';
import type { Schedule } from '../ports/schedule.ts';

const parsed = (cron: string): Cron => new Cron(cron, { mode: '5-part', timezone: 'Etc/UTC', paused: true });

/** Cron expressions, read by croner. */
export const schedule: Schedule = {
  next: (cron, after) => parsed(cron).nextRun(new Date(after))?.getTime() ?? null,
  isValid(cron) {
    // croner also takes dates
    if (!/^\S+( \S+){4}$/.test(cron)) return false;
    try {
      parsed(cron);
      return true;
    } catch {
      return false; // croner says what is wrong in words of its own
    }
  },
};
