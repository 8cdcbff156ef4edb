import { Argument } from 'commander';
import type { TenantId } from '../events/ids.ts';
import { createTenant, disableTenant, enableTenant, listTenants } from '../security/tenants.ts';
import { type CliCommand, UserError } from './command.ts';
import { table } from './table.ts';
import { parseTenant } from './token.ts';
import { withDatabase } from './with-database.ts';

const nameArgument = () =>
  new Argument('<name>', '1 to 32 lower-case letters, digits or dashes').argParser(parseTenant);

/** `sandai tenant create | list | disable | enable`. */
export const tenantCommand: CliCommand = (program, { settings, out, note }) => {
  const tenant = program.command('tenant').description('games or customers that share this installation');

  tenant
    .command('create')
    .description('make a tenant and print its public client key, for the header X-Client-Key')
    .addArgument(nameArgument())
    .action(async (name: TenantId) => {
      const created = await withDatabase(settings(), note, (sql) => createTenant(sql, name));
      if (!created) throw new UserError(`There is a tenant ${name} already: see \`npx sandai tenant list\`.`);
      out(created.clientKey);
    });

  tenant
    .command('list')
    .description('show all tenants and their client keys')
    .action(async () => {
      const tenants = await withDatabase(settings(), note, listTenants);
      const rows = tenants.map((each) => {
        const state = each.disabledAt ? `disabled ${each.disabledAt.toISOString()}` : 'enabled';
        return [each.tenant, each.clientKey, each.createdAt.toISOString(), state];
      });
      for (const line of table([['TENANT', 'CLIENT KEY', 'CREATED', 'STATE'], ...rows])) out(line);
    });

  tenant
    .command('disable')
    .description('refuse everything of a tenant, within 2 s; nothing is deleted')
    .addArgument(nameArgument())
    .action(async (name: TenantId) => {
      const disabled = await withDatabase(settings(), note, (sql) => disableTenant(sql, name));
      if (!disabled) throw new UserError(`There is no tenant ${name}: see \`npx sandai tenant list\`.`);
      out(`${name} is disabled.`);
    });

  tenant
    .command('enable')
    .description('serve a disabled tenant again')
    .addArgument(nameArgument())
    .action(async (name: TenantId) => {
      const enabled = await withDatabase(settings(), note, (sql) => enableTenant(sql, name));
      if (!enabled) throw new UserError(`There is no tenant ${name}: see \`npx sandai tenant list\`.`);
      out(`${name} is enabled.`);
    });
};
