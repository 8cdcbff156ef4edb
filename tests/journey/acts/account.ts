import { createClient } from '../../../src/client/index.ts';
import { newDevice } from '../../http/support.ts';
import type { Stage } from '../stage.ts';

/** Further devices, sign-ins, and their ends; entitlements; and somebody who leaves for good. */
export async function settle({ ops, admin, each, signUp, clientOf, eventsReach, restless }: Stage): Promise<void> {
  await each(
    async ({ client }, index) => {
      const { id: device } = await client.post('/v1/devices', { body: { device_id: newDevice() } });
      if (index % 20 === 0) await client.delete('/v1/devices/{device}', { path: { device } });
    },
    (index) => index % 10 === 0,
  );
  await each(
    async ({ client, device, url }) => {
      const elsewhere = clientOf({ url });
      await elsewhere.post('/v1/auth/device', { body: { device_id: device } });
      const { items } = await client.get('/v1/sessions', { waitFor: elsewhere.position });
      const other = items.find(({ current }) => !current)!;
      await client.delete('/v1/sessions/{session_id}', { path: { session_id: other.id } });
    },
    (index) => index % 10 === 1,
  );
  await each(
    async ({ client, device, url }) => {
      const elsewhere = clientOf({ url });
      await elsewhere.post('/v1/auth/device', { body: { device_id: device } });
      const session = { ...elsewhere.session!, expiresAt: 0 };
      await createClient({ url, session, fetch: restless.fetch }).get('/v1/profile', { waitFor: client.position });
    },
    (index) => index % 10 === 2,
  );
  await each(
    async ({ client, device }) => {
      await client.post('/v1/auth/logout');
      await client.post('/v1/auth/device', { body: { device_id: device } });
    },
    (index) => index % 10 === 3,
  );

  const grant = (player_id: string, tiers: readonly ('silver' | 'gold')[]) =>
    ops.put('/v1/players/{player_id}/entitlements', {
      path: { player_id },
      body: {
        entitlements: tiers.map((tier) => ({ tier, expires_at: tier === 'gold' ? null : '2126-03-01T00:00:00Z' })),
      },
    });
  await each(
    async ({ id }, index) => {
      await grant(id, ['silver', 'gold']);
      if (index % 14 === 0) await grant(id, ['silver']);
    },
    (index) => index % 7 === 0,
  );

  const leaver = await signUp('Leaver');
  await leaver.client.post('/v1/groups', { body: { name: 'Leavers', visibility: 'public' } });
  await admin.delete('/v1/players/{player_id}/personal-data', { path: { player_id: leaver.id } });
  await eventsReach('PersonalDataErased', 1);
}
