import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalServer } from './postmaster.ts';
import { choosePort, launch, type ServerOptions, ServerStartError } from './server.ts';

const restartsPerMinute = 5;

export type Supervised = {
  port: number;
  pid: () => number | undefined;
  stop: () => Promise<void>;
};

async function launchPatiently(
  options: ServerOptions,
  port: number,
  given: { otherPorts: boolean },
): Promise<{ child: ChildProcess; port: number }> {
  let current = port;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { child: await launch(options, current), port: current };
    } catch (error) {
      const retry = error instanceof ServerStartError ? error.retry : undefined;
      if (retry === undefined || attempt >= 40) throw error;
      if (retry === 'port' && given.otherPorts) current = await choosePort(null);
      else await sleep(250);
    }
  }
}

const exitOf = (child: ChildProcess): Promise<string> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(String(child.signalCode ?? child.exitCode))
    : new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`)));

/** Keeps one server running until `stop`: when it ends by itself it is started again on the same port, at most five times a minute.
 *  @param onGiveUp  called once when it does not stay up */
export async function supervise(
  options: ServerOptions,
  wantedPort: number | null,
  log: (line: string) => void,
  onGiveUp: (error: Error) => void,
): Promise<Supervised> {
  let { child, port } = await launchPatiently(options, await choosePort(wantedPort), { otherPorts: true });
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const restarts: number[] = [];

  const restart = async (reason: string) => {
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => at > now - 60_000).length > restartsPerMinute) {
      onGiveUp(
        new Error(
          `PostgreSQL ended ${restartsPerMinute + 1} times within a minute (${reason}); its log is ${options.logFile}.`,
        ),
      );
      return;
    }
    log(`PostgreSQL ended unexpectedly (${reason}); it is started again.`);
    try {
      child = (await launchPatiently(options, port, { otherPorts: false })).child;
      watch();
    } catch (error) {
      onGiveUp(new Error(`PostgreSQL ended (${reason}) and does not start again: ${(error as Error).message}`));
    }
  };
  const watch = () => {
    void exitOf(child).then((reason) => {
      if (!stopping) restarting = restart(reason);
    });
  };
  watch();

  const end = async () => {
    stopping = true;
    await restarting;
    child.ref();
    const exit = exitOf(child);
    if (child.pid !== undefined) signalServer(child.pid, 'fast', options.binaries.pgCtl);
    const force = setTimeout(() => {
      if (child.pid !== undefined) signalServer(child.pid, 'immediate', options.binaries.pgCtl);
    }, 30_000);
    await exit;
    clearTimeout(force);
  };
  let ending: Promise<void> | undefined;
  return {
    port,
    pid: () => child.pid,
    stop: () => {
      ending ??= end();
      return ending;
    },
  };
}
