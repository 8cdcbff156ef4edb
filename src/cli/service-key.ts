import { InvalidArgumentError, Option } from 'commander';
import type { TenantId } from '../events/ids.ts';
import {
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
  type ServiceScope,
  serviceScope,
  serviceScopes,
} from '../security/service-keys.ts';
import { type CliCommand, UserError } from './command.ts';
import { table } from './table.ts';
import { parseTenant, parseTtl } from './token.ts';
import { withDatabase } from './with-database.ts';

function parseScopes(text: string): ServiceScope[] {
  const parsed = serviceScope
    .array()
    .min(1)
    .safeParse(text.split(',').map((scope) => scope.trim()));
  if (parsed.success) return [...new Set(parsed.data)];
  throw new InvalidArgumentError(`They are one or more of ${Object.keys(serviceScopes).join(', ')}, joined by commas.`);
}

function parseName(text: string): string {
  if (/^\P{C}{1,64}$/u.test(text)) return text;
  throw new InvalidArgumentError('It is 1 to 64 characters.');
}

function stateOf(revokedAt: Date | null): string {
  if (revokedAt === null) return 'valid';
  return revokedAt.getTime() > Date.now()
    ? `valid until ${revokedAt.toISOString()}`
    : `revoked ${revokedAt.toISOString()}`;
}

type NewKeyOptions = { scopes: ServiceScope[]; tenant: TenantId; name: string };

const scopeHelp = ['', 'Scopes:', ...table(Object.entries(serviceScopes).map((row) => ['', ...row]))].join('\n');

/** `sandai service-key create | list | rotate | revoke`. */
export const serviceKeyCommand: CliCommand = (program, { settings, out, note }) => {
  const serviceKey = program.command('service-key').description('keys by which other programs call this one');

  serviceKey
    .command('create')
    .description('make a service key and print it, this one time')
    .addOption(new Option('--scopes <a,b>', 'what it may do').argParser(parseScopes).makeOptionMandatory())
    .addOption(new Option('--tenant <tenant>', 'where').default('default').argParser(parseTenant))
    .addOption(new Option('--name <name>', 'what it is for').default('unnamed').argParser(parseName))
    .addHelpText('after', scopeHelp)
    .action(async ({ scopes, tenant, name }: NewKeyOptions) => {
      const created = await withDatabase(settings(), note, (sql) => createServiceKey(sql, { scopes, tenant, name }));
      if (!created) throw new UserError(`There is no tenant ${tenant}: see \`npx sandai tenant list\`.`);
      out(created.text);
      note(`Keep it now: only its hash is stored. Its id, to revoke it: ${created.keyId}`);
    });

  serviceKey
    .command('list')
    .description('show all service keys; never their secrets')
    .action(async () => {
      const keys = await withDatabase(settings(), note, listServiceKeys);
      const rows = keys.map(({ keyId, tenant, name, scopes, createdAt, revokedAt }) => {
        const state = stateOf(revokedAt);
        return [keyId, tenant, name, scopes.join(','), createdAt.toISOString(), state];
      });
      for (const line of table([['ID', 'TENANT', 'NAME', 'SCOPES', 'CREATED', 'STATE'], ...rows])) out(line);
    });

  serviceKey
    .command('rotate')
    .description('make a key like this one and print it, this one time; both count for a while')
    .argument('<id>', 'as `list` shows it')
    .addOption(new Option('--overlap <time>', 'how long the old key counts on').default(3600, '1h').argParser(parseTtl))
    .action(async (id: string, { overlap }: { overlap: number }) => {
      const fresh = await withDatabase(settings(), note, (sql) => rotateServiceKey(sql, id, overlap));
      if (!fresh) throw new UserError(`There is no valid service key ${id}: see \`npx sandai service-key list\`.`);
      out(fresh.text);
      note(`Keep it now: only its hash is stored. Its id: ${fresh.keyId}. ${id} counts for ${overlap} s more.`);
    });

  serviceKey
    .command('revoke')
    .description('refuse a service key, within 2 s')
    .argument('<id>', 'as `list` shows it')
    .action(async (id: string) => {
      const revoked = await withDatabase(settings(), note, (sql) => revokeServiceKey(sql, id));
      if (!revoked) throw new UserError(`There is no service key ${id}: see \`npx sandai service-key list\`.`);
      out(`${id} is revoked.`);
    });
};
