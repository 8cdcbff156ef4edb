import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { startThrowAway } from '../demo/target.ts';

const target = new URL('../src/client/openapi.ts', import.meta.url);

/** What a client needs of the document: errors are alike everywhere, and so only in `components`. */
const withoutErrors = (document: OpenAPI3): OpenAPI3 => {
  const copy = structuredClone(document);
  for (const methods of Object.values(copy.paths ?? {}))
    for (const operation of Object.values(methods as Record<string, { responses?: Record<string, unknown> }>))
      for (const status of Object.keys(operation.responses ?? {}))
        if (!status.startsWith('2')) delete operation.responses?.[status];
  return copy;
};

/** Types of `sandai/client`, from the OpenAPI document. */
export async function clientTypes(document: unknown): Promise<string> {
  const text = astToString(await openapiTS(withoutErrors(document as OpenAPI3), { defaultNonNullable: false }));
  return `// generated from /openapi.json by \`npm run client\`; do not edit\n\n${text}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startThrowAway();
  try {
    writeFileSync(target, await clientTypes(await (await fetch(`${server.url}/openapi.json`)).json()));
  } finally {
    await server.stop();
  }
}
