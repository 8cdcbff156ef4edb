import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { compiled } from '../support/compiled.ts';

export const root = join(import.meta.dirname, '..', '..');

/** A data directory that PostgreSQL's user can enter, also where the tests run as root. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandai-runtime-'));
  chmodSync(folder, 0o755);
  return folder;
}

export type Program = {
  child: ChildProcess;
  /** Standard output so far. */
  output: () => string;
  errors: () => string;
  /** Resolves with the first match on standard output; rejects when the program ends before. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The same on standard error. */
  noted: (pattern: RegExp) => Promise<RegExpExecArray>;
  exit: Promise<number | string>;
};

/** The program as users run it. */
export const sandai = 'bin/sandai.mjs';

/** Runs a program of ours, TypeScript or not. */
export function runProgram(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
  const path = join(root, file);
  const child = spawn(process.execPath, [file.endsWith('.ts') ? compiled(path) : path, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...env },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exit = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const matchOn = (stream: Readable, text: () => string) => (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text());
        if (found) resolve(found);
      };
      stream.on('data', look);
      void exit.then((code) => reject(new Error(`ended with ${code} before it said ${pattern}: ${output}${errors}`)));
      look();
    });
  const said = matchOn(child.stdout, () => output);
  const noted = matchOn(child.stderr, () => errors);
  return { child, output: () => output, errors: () => errors, said, noted, exit };
}

/** Rows of one statement on a connection of its own; retries while the server is down when `patient`. */
export async function query<Row extends pg.QueryResultRow>(url: string, text: string, patient = false): Promise<Row[]> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<Row>(text)).rows;
    } catch (error) {
      if (!patient) throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }
}
