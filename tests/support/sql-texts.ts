import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A text of a source file that may be SQL. Comments are gone; what a template puts in reads `_`. */
export type SourceText = { readonly file: string; readonly line: number; readonly text: string };

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** All string and template literals of a TypeScript source. */
export function textsOfTypeScript(file: string, source: string): SourceText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      texts.push({ file, line, text: node.text });
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      texts.push({ file, line, text: parts.join('_') });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return texts.map((one) => ({ ...one, text: withoutComments(one.text) }));
}

/** SQL without its comments; what stands in quotes stays. */
export const withoutComments = (sql: string): string =>
  sql.replace(/('(?:[^']|'')*')|--[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted: string | undefined) => quoted ?? ' ');

/** Every text of the sources under `folders`; `.sql` files are one text each. */
export function sourceTexts(folders: readonly string[]): SourceText[] {
  return folders.flatMap(filesUnder).flatMap((file) => {
    if (file.endsWith('.sql')) return [{ file, line: 1, text: withoutComments(readFileSync(file, 'utf8')) }];
    return /\.m?ts$/.test(file) ? textsOfTypeScript(file, readFileSync(file, 'utf8')) : [];
  });
}
