import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('../bin/sandai.mjs', import.meta.url));

/** Flags of Node with which `npm start` runs. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** A server in a process of its own, started as a user starts it. */
export type SandaiProcess = {
  readonly url: string;
  readonly pid: number;
  /** Runs another command of the CLI on the same data directory and database. @returns what it printed */
  cli(...args: string[]): Promise<string>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
};

/** @property dataDir  its keys, logs and, without a database URL, its database
 *  @property flags    settings, as in `--http.port=0`
 *  @property env      added to the environment, for what must not be seen in a list of processes
 *  @property nodeFlags of Node itself, for profiles */
export type SandaiOptions = {
  readonly dataDir: string;
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeFlags?: readonly string[];
};

/** Flags that lift every rate limit, for clients that all come from one address. */
export const withoutRateLimits: readonly string[] = [
  '--rateLimit.anonymousPerMinute=1000000000',
  '--rateLimit.devicePerMinute=1000000000',
  '--rateLimit.devicePerHour=1000000000',
  '--rateLimit.newPlayersPerHour=1000000000',
  '--rateLimit.signedInPerMinute=1000000000',
];

async function runCli({ dataDir, env }: SandaiOptions, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args, `--data-dir=${dataDir}`], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
}

/** Starts `sandai start` on a free port and waits until it answers.
 *  @throws Error with the server's own words when it does not start */
export async function startSandai(options: SandaiOptions): Promise<SandaiProcess> {
  const { dataDir, flags = [], env, nodeFlags = [] } = options;
  if (env?.['DATABASE_URL'] !== undefined) await runCli(options, ['keys', 'generate']);
  const child = spawn(
    process.execPath,
    [
      ...startFlags(),
      ...nodeFlags,
      program,
      'start',
      '--http.port=0',
      '--http.host=127.0.0.1',
      `--data-dir=${dataDir}`,
      ...flags,
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const url = await urlOf(child);
  return {
    url,
    pid: child.pid ?? 0,
    cli: (...args) => runCli(options, args),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGINT');
      }),
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said.trim()}`)));
  });
}
