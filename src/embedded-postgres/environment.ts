const passedOn = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** glibc returns freed memory above 128 KiB to the kernel, and the next statement has it mapped and cleared again: 146 page faults
 *  for an append of one event. With these a process of the server keeps up to 64 MiB. Other C libraries ignore them. */
const allocator = { MALLOC_TRIM_THRESHOLD_: `${64 * 1024 * 1024}`, MALLOC_MMAP_THRESHOLD_: `${32 * 1024 * 1024}` };

/** The environment of PostgreSQL's own programs: nothing of ours that libpq or the server would read as a setting, and no secret. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(kept), ...allocator, LC_ALL: 'C', TZ: 'UTC' };
}
