import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startThrowAway, type ThrowAway } from '../../demo/target.ts';
import { serviceScopes } from '../../src/security/service-keys.ts';

// Runs schemathesis over the façade's own OpenAPI document, on a server with throw-away data.
// Arguments: the folder of a Python environment, then anything else for schemathesis.

const [environment = '', ...more] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sandai-fuzz-'));
const python = (name: string) => resolve(environment, 'bin', name);

let running: ChildProcess | undefined;
// what runs ends as if it had failed, and the server after it
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => running?.kill('SIGTERM'));

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(program, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, ...env } });
  running = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Classes of characters that Python's regular expressions do not know. */
const classes: Readonly<Record<string, string>> = {
  '\\p{Cc}': '\\x00-\\x1f\\x7f-\\x9f',
  '\\p{Cs}': '\\ud800-\\udfff',
  '\\p{Zl}': '\\u2028',
  '\\p{Zp}': '\\u2029',
};

/** A pattern of the document in Python's dialect; one that cannot be said in it is left out. */
function forPython(key: string, value: unknown): unknown {
  if (key !== 'pattern' || typeof value !== 'string') return value;
  const said = value.replace(/\\p\{\w+\}/g, (each) => classes[each] ?? each);
  return said.includes('\\p{') ? undefined : said;
}

async function post(server: ThrowAway, path: string, token: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
}

async function fuzz(server: ThrowAway): Promise<number> {
  const document = join(folder, 'openapi.json');
  const text = await (await fetch(`${server.url}/openapi.json`)).text();
  writeFileSync(document, JSON.stringify(JSON.parse(text, forPython)));
  const invalid = await run(python('openapi-spec-validator'), ['--schema', '3.1.0', document]);
  if (invalid !== 0) return invalid;

  const { adminToken } = server;
  // the season of the examples, so that what asks for it goes further than "not found"
  await post(server, '/v1/seasons', adminToken, { season: 'spring-2026', operator: 'best' });
  const tokens = {
    admin: adminToken,
    ops: await server.cli('token', '--role', 'ops'),
    service: await serviceKey(server),
  };
  return run(
    python('schemathesis'),
    [
      'run',
      document,
      `--url=${server.url}`,
      '--checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance',
      '--max-examples=25',
      '--max-time=150',
      '--request-timeout=20',
      '--continue-on-failure',
      '--no-shrink',
      '--warnings=off',
      '--seed=20261121',
      ...more,
    ],
    {
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONPATH: here,
      PYTHONDONTWRITEBYTECODE: '1',
      SANDAI_FUZZ_URL: server.url,
      SANDAI_FUZZ_TOKENS: JSON.stringify(tokens),
    },
  );
}

async function serviceKey(server: ThrowAway): Promise<string> {
  const scopes = Object.keys(serviceScopes).join(',');
  const said = await server.cli('service-key', 'create', '--name', 'fuzz', '--scopes', scopes);
  const key = /sk_\S+/.exec(said)?.[0];
  if (key === undefined) throw new Error(`no service key in: ${said}`);
  return key;
}

const server = await startThrowAway();
try {
  process.exitCode = await fuzz(server);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
