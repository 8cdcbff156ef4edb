import { hash } from 'node:crypto';

/** JSON with sorted keys, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(entries).sort())
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(entries[key])}`;
  return `{${text}}`;
}

/** What a request asks for: SHA-256 of its method, path and body; the idempotency key in the body does not count.
 *  @param path resolved, without the query */
export function fingerprint(method: string, path: string, body: unknown): string {
  let asked = body ?? null;
  if (typeof asked === 'object' && asked !== null && 'idempotency_key' in asked) {
    const { idempotency_key: _, ...rest } = asked;
    asked = rest;
  }
  return hash('sha256', `${method} ${path}\n${canonicalJson(asked)}`, 'base64url');
}
