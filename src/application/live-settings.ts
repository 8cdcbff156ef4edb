import type { Logger } from 'pino';
import { changedSettings } from '../config/changes.ts';
import type { Settings } from '../config/settings.ts';
import type { RateLimitClass } from '../http/rate-limit.ts';

const isLive = (name: string): boolean => name === 'log.level' || name.startsWith('rateLimit.');

/** Settings that may change while the process runs.
 *  @property take takes up what has changed; tells in the log what that is, and what needs a restart */
export type LiveSettings = {
  readonly rateLimits: () => Readonly<Record<RateLimitClass, number>>;
  readonly take: (next: Settings) => void;
};

export function createLiveSettings(settings: Settings, log: Logger): LiveSettings {
  let used = settings;
  let limits = limitsOf(settings);
  return {
    rateLimits: () => limits,
    take(next) {
      const changed = changedSettings(used, next);
      used = { ...used, rateLimit: next.rateLimit, log: { ...used.log, level: next.log.level } };
      limits = limitsOf(used);
      log.level = used.log.level;
      const needRestart = changed.filter((name) => !isLive(name));
      log.info({ changed: changed.filter(isLive) }, 'settings were read again');
      if (needRestart.length > 0) log.warn({ needRestart }, 'settings have changed that count after a restart only');
    },
  };
}

const limitsOf = ({ rateLimit }: Settings): Readonly<Record<RateLimitClass, number>> => ({
  anonymous: rateLimit.anonymousPerMinute,
  signedIn: rateLimit.signedInPerMinute,
  device: rateLimit.devicePerMinute,
  deviceHour: rateLimit.devicePerHour,
  newPlayer: rateLimit.newPlayersPerHour,
  matchCommand: rateLimit.matchCommandsPerSecond,
  webhook: rateLimit.webhooksPerSecond,
});
