import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import type { SessionId, TenantId } from '../events/ids.ts';
import { openKeyRing } from '../security/key-ring.ts';
import { maxTokenLifeS } from '../security/keys.ts';
import { createTokenIssuer, type OperatorRole, operatorRoles } from '../security/session-token.ts';
import { tenantName } from '../security/tenants.ts';
import type { CliCommand } from './command.ts';
import { loadKeysOf } from './keys.ts';

const unitS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads `90s`, `30m`, `1h`, `1d`: 1 s to 24 h.
 *  @returns seconds */
export function parseTtl(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (unitS[unit] ?? Number.NaN);
  if (seconds >= 1 && seconds <= maxTokenLifeS) return seconds;
  throw new InvalidArgumentError('It is a time such as 90s, 30m or 1h, at most 24h; for longer, make a service key.');
}

/** Reads a tenant's name from the command line. */
export function parseTenant(text: string): TenantId {
  const parsed = tenantName.safeParse(text);
  if (parsed.success) return parsed.data as TenantId;
  throw new InvalidArgumentError('It is 1 to 32 lower-case letters, digits or dashes.');
}

function parseSubject(text: string): string {
  if (/^[!-~]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError('It is 1 to 64 visible ASCII characters.');
}

type Options = { role: OperatorRole; tenant: TenantId; subject: string; ttl: number };

/** `sandai token`: prints an operator token, and nothing else, on standard output. */
export const tokenCommand: CliCommand = (program, { settings, out }) => {
  program
    .command('token')
    .description('print a Bearer token for an operator')
    .addOption(new Option('--role <role>', 'what it may do').choices(operatorRoles).makeOptionMandatory())
    .addOption(new Option('--tenant <tenant>', 'where').default('default').argParser(parseTenant))
    .addOption(
      new Option('--subject <name>', 'whose it is, for the audit log').default('operator').argParser(parseSubject),
    )
    .addOption(new Option('--ttl <time>', 'how long it counts, at most 24h').default(3600, '1h').argParser(parseTtl))
    .action(async ({ role, tenant, subject, ttl: ttlS }: Options) => {
      const { keys } = await loadKeysOf(settings());
      const ring = openKeyRing(() => keys);
      const sessionId = randomUUID() as SessionId;
      out(createTokenIssuer(ring).operator({ role, tenant, subject, sessionId, ttlS, nowMs: Date.now() }).token);
    });
};
