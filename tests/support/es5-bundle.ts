import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';

/** A file of `src/` with all that it imports as one script for an engine that knows nothing but ES5.
 *  @param file   such as `aggregates/assignment.ts`
 *  @param global the variable that its exports are in */
export async function es5Bundle(file: string, global: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../src/${file}`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: global,
    target: 'es2020',
  });
  const compilerOptions = { target: ts.ScriptTarget.ES5, ignoreDeprecations: '6.0' };
  return ts.transpileModule(outputFiles[0]?.text ?? '', { compilerOptions }).outputText;
}
