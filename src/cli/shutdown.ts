/** Ends a long-running command: on Ctrl-C or SIGTERM, or when a part of it fails for good. */
export type Shutdown = {
  /** Resolves with the exit code when the command should end. */
  requested: Promise<number>;
  /** Whether it was requested already. */
  isRequested: () => boolean;
  request: (exitCode: number) => void;
  /** Removes the signal handlers. */
  dispose: () => void;
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Listens for the signals that end a process. The first one asks for an orderly end, the second ends at once.
 *  Under npm the end of npm's shell counts as one: a SIGTERM to npm ends that shell and goes no further.
 *  @param onFirst  called with the first signal */
export function listenForShutdown(onFirst: (signal: string) => void): Shutdown {
  let requested = false;
  let resolveRequest: (exitCode: number) => void = () => {};
  const promise = new Promise<number>((resolve) => {
    resolveRequest = resolve;
  });
  const request = (exitCode: number) => {
    requested = true;
    resolveRequest(exitCode);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (requested) process.exit(130);
    onFirst(signal);
    request(0);
  };
  for (const signal of signals) process.on(signal, onSignal);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (requested || process.ppid === parent) return;
    onFirst('npm ended');
    request(0);
  }, 250).unref();
  if (process.env['npm_lifecycle_event'] === undefined) clearInterval(watch);
  return {
    requested: promise,
    isRequested: () => requested,
    request,
    dispose: () => {
      clearInterval(watch);
      for (const signal of signals) process.removeListener(signal, onSignal);
    },
  };
}
