/** Says which process a pid is right now (start time and boot), so that a reused pid is not taken for the earlier process. */
export function processIdentity(pid: number): string | undefined;

/** The pid of the living process that holds the lock file. */
export function lockHolder(path: string): number | undefined;

/** Takes the lock file at `path`, also from a process that died without giving it back; never waits for a living holder.
 *  `handTo` makes a child process its holder, so that it lasts as long as the child; `release` works all the same. */
export function acquireProcessLock(path: string): Promise<{ release: () => void; handTo: (pid: number) => void } | { heldBy: number }>;
