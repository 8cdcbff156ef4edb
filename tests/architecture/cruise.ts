import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @property modules    files of the project that were read
 *  @property violations `rule: from -> to` */
export type Cruised = { readonly modules: number; readonly violations: readonly string[] };

type Report = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
};

const program = fileURLToPath(
  new URL('../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
);

/** Runs the layer rules as `npm run check` does.
 *  @param root  checkout, or a copy of one
 *  @param files files and folders to look at, with all that they import */
export async function runCruiser(
  root: string,
  format: string,
  files: readonly string[] = ['src', 'projections.config.ts'],
): Promise<{ output: string; exitCode: number }> {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', format, ...files];
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
  return { output: Buffer.concat(chunks).toString('utf8'), exitCode };
}

/** What the layer rules say about a tree. */
export async function cruise(root: string): Promise<Cruised> {
  const { modules, summary } = JSON.parse((await runCruiser(root, 'json')).output) as Report;
  return {
    modules: modules.filter(({ source }) => source.startsWith('src/')).length,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}
