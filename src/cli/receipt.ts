import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import type { ProductId, TenantId } from '../events/ids.ts';
import { keysFilePath } from '../security/keys-file.ts';
import { signTestReceipt } from '../security/test-store.ts';
import { type CliCommand, UserError } from './command.ts';
import { loadKeysOf } from './keys.ts';
import { parseTenant } from './token.ts';

function parseProduct(text: string): ProductId {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(text)) return text as ProductId;
  throw new InvalidArgumentError('It is 1 to 64 letters, digits, dots, underscores or dashes.');
}

function parseTransaction(text: string): string {
  if (/^[!-~]{1,255}$/.test(text)) return text;
  throw new InvalidArgumentError('It is 1 to 255 visible ASCII characters.');
}

type Options = { product: ProductId; tenant: TenantId; transaction?: string };

/** `sandai receipt`: prints a receipt of the test store, and nothing else, on standard output. */
export const receiptCommand: CliCommand = (program, { settings, out }) => {
  program
    .command('receipt')
    .description('print a receipt of the test store, for POST /v1/purchases with `"store": "test"`')
    .addOption(new Option('--product <id>', 'what was paid for').argParser(parseProduct).makeOptionMandatory())
    .addOption(new Option('--tenant <tenant>', 'where').default('default').argParser(parseTenant))
    .addOption(
      new Option('--transaction <id>', 'id of the payment; a new one when left out').argParser(parseTransaction),
    )
    .action(async ({ product, tenant, transaction }: Options) => {
      const loaded = settings();
      const { keys } = await loadKeysOf(loaded);
      if (keys.testStore === null)
        throw new UserError(
          `The test store is off: set SANDAI_TEST_STORE_KEY, or testStoreKey in ${keysFilePath(loaded)}, to 32 random bytes as base64url. Whoever has that key buys for nothing.`,
        );
      const transactionId = transaction ?? randomUUID();
      const purchasedAt = new Date().toISOString();
      out(signTestReceipt(keys.testStore, { tenant, productId: product, transactionId, purchasedAt }));
    });
};
