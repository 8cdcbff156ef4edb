import { type DefineProduct, product, type RetireProduct } from '../aggregates/product.ts';
import { productStream } from '../events/product.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Puts a product on sale, changes it, or takes it off. Purchases that were made keep what they were. Code: PRODUCT_NOT_FOUND. */
export function changeProduct(
  runtime: CommandRuntime,
  command: DefineProduct | RetireProduct,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(product, productStream(context.tenant, command.productId));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = product.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}
