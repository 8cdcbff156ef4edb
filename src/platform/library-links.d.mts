/** The folder with PostgreSQL's binaries for this platform, as seen from `fromFile`, and `<platform>-<package version>`. */
export function findNativePostgres(fromFile: string | URL): { native: string; label: string } | undefined;

/** Makes the library links that npm packages cannot contain; idempotent. Returns how many were made. */
export function linkLibraries(native: string): number;
