import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiledMain } from './compile.mjs';

process.setSourceMapsEnabled(true);
await import(pathToFileURL(await compiledMain(fileURLToPath(new URL('..', import.meta.url)))).href);
