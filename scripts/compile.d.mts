/** Whether a source is as new as the compiled file, or that is missing. */
export function isStale(root: string): boolean;

/** The compiled program, compiled anew where a source has changed. Any number of processes may do so at once.
 *  @returns its path */
export function compiledMain(root: string): Promise<string>;
