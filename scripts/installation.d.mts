/** Why `npm ci` is needed, or undefined when node_modules holds what package-lock.json wants. */
export function installationProblem(root: string, options: { development: boolean }): string | undefined;

/** Installs packages when they are missing or other than the lockfile's. */
export function ensureInstalled(root: string, options: { development: boolean }): Promise<void>;
