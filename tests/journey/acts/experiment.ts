import type { Stage } from '../stage.ts';

const halves = {
  cohorts: [
    { cohort: 'plain', share: 5_000 },
    { cohort: 'bright', share: 5_000 },
  ],
  control: 'plain',
};

/** Two experiments in one layer, of which one is stopped, and a configuration that is changed and goes back. */
export async function experiment({ admin, each }: Stage): Promise<void> {
  await admin.put('/v1/experiment-layers/{layer}', { path: { layer: 'looks' }, body: { holdout: 500 } });
  const define = async (experiment_id: string, from: number, ramp: number) => {
    const path = { experiment_id };
    const layer = { layer: 'looks', from, to: from + 5_000 };
    await admin.put('/v1/experiments/{experiment_id}', { path, body: { ...halves, layer, ramp } });
    await admin.post('/v1/experiments/{experiment_id}/start', { path });
    return { path };
  };
  const shop = await define('shop', 0, 2_000);
  const menu = await define('menu', 5_000, 10_000);
  const set = (experiment_id: string, cohort: string, ifMatch: number, values: Record<string, unknown>) =>
    admin.put('/v1/config/{experiment_id}/{cohort}', { path: { experiment_id, cohort }, ifMatch, body: { values } });
  await set('global', 'default', 0, { colour: 'grey', lives: 3 });
  await set('shop', 'plain', 0, { colour: 'white' });
  await set('shop', 'bright', 0, { colour: 'red' });
  await set('shop', 'bright', 1, { colour: 'orange' });
  await admin.post('/v1/config/{experiment_id}/{cohort}/rollback', {
    path: { experiment_id: 'shop', cohort: 'bright' },
    ifMatch: 2,
    body: { version: 1 },
  });
  const meet = () =>
    each(async ({ client }) => {
      for (const { path } of [shop, menu])
        await client.get('/v1/experiments/{experiment_id}/assignment', { path, waitFor: admin.position });
    });
  await meet();
  await admin.post('/v1/experiments/{experiment_id}/ramp', { ...shop, body: { ramp: 10_000 } });
  await admin.post('/v1/experiments/{experiment_id}/stop', menu);
  await admin.post('/v1/experiments/{experiment_id}/rollback', { ...menu, body: { version: 1 } });
  await meet();
}
