import { createHmac, randomUUID } from 'node:crypto';
import { endOfLog } from '../log.ts';
import { type Stage, secrets } from '../stage.ts';

const price = (amount: number) => ({ amount, currency: 'EUR' });

/** Things are sold, given, taken and spent; money goes back, also behind our back. */
export async function shop({ cluster, admin, ops, service, each, url }: Stage): Promise<void> {
  const define = (product_id: string, amount: number, grants: object) =>
    admin.put('/v1/products/{product_id}', {
      path: { product_id },
      body: { name: `The ${product_id}`, price: price(amount), grants },
    });
  await define('gems', 499, { currencies: [{ currency: 'gems', amount: 500 }] });
  await define('chest', 999, {
    items: [{ item: 'sword', quantity: 1 }],
    currencies: [{ currency: 'gold', amount: 20 }],
  });
  await define('relic', 1, { items: [{ item: 'relic', quantity: 1 }] });
  await admin.delete('/v1/products/{product_id}', { path: { product_id: 'relic' } });

  await each(
    async ({ client }, index) => {
      const buy = (product_id: string, receipt: string) =>
        client.post('/v1/purchases', { body: { product_id, store: 'test', receipt } });
      const transaction = randomUUID();
      const { purchase_id } = await buy('gems', cluster.receipt('gems', { transaction }));
      if (index % 4 === 0) await buy('chest', cluster.receipt('chest'));
      if (index % 10 === 2) await buy('chest', cluster.receipt('gems')).catch(() => null);
      if (index % 10 === 4) await buy('gems', 'nonsense').catch(() => null);
      if (index % 8 === 0) await ops.post('/v1/purchases/{purchase_id}/refund', { path: { purchase_id } });
      if (index % 8 === 4) await tellTwice(url, chargeback(transaction));
    },
    (index) => index % 2 === 0,
  );
  await each(async ({ id: player_id }, index) => {
    const gems = { currencies: [{ currency: 'gems', amount: 1 + index }] };
    await service.post('/v1/inventory/entries', { body: { player_id, give: gems, ref: 'a gift' } });
    if (index % 3 === 0)
      await service.post('/v1/inventory/entries', { body: { player_id, take: gems, ref: 'a toll' } }).catch(() => null);
  });

  await tellTwice(url, chargeback(randomUUID())); // of a payment that nobody knows yet
  for (const unreadable of ['nonsense', '{']) await tellTwice(url, unreadable);
  const { items } = await ops.get('/v1/dead-letters', { waitFor: await endOfLog(cluster.db) });
  const path = ({ dead_letter_id }: (typeof items)[number]) => ({ path: { dead_letter_id } });
  await ops.post('/v1/dead-letters/{dead_letter_id}/discard', path(items[0]!));
  await ops.post('/v1/dead-letters/{dead_letter_id}/retry', path(items[1]!));
}

const chargeback = (transaction_id: string): string =>
  JSON.stringify({ id: `evt_${transaction_id}`, type: 'payment.charged_back', store: 'test', transaction_id });

/** A payment service provider tells everything twice. */
async function tellTwice(url: string, body: string): Promise<void> {
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secrets.psp).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'sandai-signature': `t=${seconds},v1=${signature}` };
  const tell = async () => (await fetch(`${url}/v1/psp/webhook`, { method: 'POST', body, headers })).status;
  const statuses = await Promise.all([tell(), tell()]);
  if (statuses.some((status) => status !== 202)) throw new Error(`the webhook answered ${statuses}`);
}
