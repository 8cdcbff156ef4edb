import { OpenFeature } from '@openfeature/server-sdk';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Configuration,
  type ExposureRecorder,
  Exposures,
  exposureEvent,
  SandaiProvider,
} from '../../src/openfeature/index.ts';

afterAll(() => OpenFeature.clearProviders());

/** Players take part in an experiment about the shop, whose control sets nothing, and in one about prices. */
const configuration: Configuration = {
  values: { shop_preview: false, price: 5, music: true },
  sources: {
    shop_preview: { source: 'global', experiment_id: 'global', cohort: 'default', version: 1 },
    price: { source: 'cohort', experiment_id: 'prices', cohort: 'high', version: 1 },
    music: { source: 'built_in', experiment_id: null, cohort: null, version: null },
  },
  experiments: [
    { experiment_id: 'prices', run: 3, cohort: 'high', names: ['price'] },
    { experiment_id: 'new-shop', run: 2, cohort: 'control', names: ['price', 'shop_preview'] },
  ],
  revision: '1',
};

let domains = 0;
async function exposing(record: ExposureRecorder | null = null, maxPlayers?: number) {
  const recorded: string[] = [];
  const errors: unknown[] = [];
  const exposures = new Exposures({
    record: async (experiment, asker) => {
      await record?.(experiment, asker);
      recorded.push(`${experiment} ${asker.player}`);
    },
    onError: (error) => errors.push(error),
    ...(maxPlayers !== undefined && { maxPlayers }),
  });
  const domain = `exposures-${++domains}`;
  const provider = new SandaiProvider({ source: () => configuration, pollMs: 0, exposures });
  await OpenFeature.setProviderAndWait(domain, provider);
  return { client: OpenFeature.getClient(domain), exposures, recorded, errors };
}
const ann = { targetingKey: 'ann' };

describe('the hook', () => {
  test('exposes a player once to each experiment that may set the flag, whichever their cohort', async () => {
    const { client, exposures, recorded } = await exposing();
    client.addHooks(exposures.hook);
    for (const _ of [1, 2, 3]) await client.getBooleanValue('shop_preview', true, ann);
    await exposures.settled();
    expect(recorded).toEqual(['new-shop ann']);
    await client.getNumberValue('price', 0, ann);
    await client.getNumberValue('price', 0, { targetingKey: 'bob' });
    await exposures.settled();
    expect(recorded).toEqual(['new-shop ann', 'prices ann', 'prices bob', 'new-shop bob']);
  });

  test('exposes nobody by a flag that no experiment sets, without a targeting key, or where it is not', async () => {
    const { client, exposures, recorded } = await exposing();
    const hooks = { hooks: [exposures.hook] };
    await client.getBooleanValue('music', false, ann, hooks);
    await client.getBooleanValue('shop_preview', false, {}, hooks);
    await client.getStringValue('shop_preview', '', ann, hooks); // of another type: what is shown is the default
    await client.getBooleanValue('shop_preview', false, ann);
    await exposures.settled();
    expect(recorded).toEqual([]);
  });

  test('does no harm when recording fails, and tries again the next time', async () => {
    let fails = true;
    const { client, exposures, recorded, errors } = await exposing(() => {
      if (fails) throw new Error('down');
      return Promise.resolve();
    });
    client.addHooks(exposures.hook);
    expect(await client.getBooleanDetails('shop_preview', true, ann)).toMatchObject({ value: false, reason: 'STATIC' });
    await exposures.settled();
    expect([recorded, errors]).toEqual([[], [new Error('down')]]);
    fails = false;
    await client.getBooleanValue('shop_preview', true, ann);
    await exposures.settled();
    expect(recorded).toEqual(['new-shop ann']);
  });

  test('records no more at once than is good for a server, and the rest when they come again', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { client, exposures, recorded } = await exposing(() => gate);
    const all = () =>
      Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          client.getBooleanValue('shop_preview', true, { targetingKey: `p${n}` }, { hooks: [exposures.hook] }),
        ),
      );
    await all();
    open();
    await exposures.settled();
    expect(recorded).toHaveLength(64);
    await all();
    await exposures.settled();
    expect(new Set(recorded).size).toBe(100);
    expect(recorded).toHaveLength(100);
  });
});

test('an exposure is tracked where a player meets what the experiment changes', async () => {
  const { client, exposures, recorded } = await exposing();
  client.track(exposureEvent, ann, { experiment_id: 'new-shop' });
  client.track(exposureEvent, ann, { experiment_id: 'new-shop' });
  client.track(exposureEvent, ann, { value: 5 });
  client.track('item_bought', ann, { experiment_id: 'prices' });
  await exposures.settled();
  expect(recorded).toEqual(['new-shop ann']);
});

test('who was remembered longest is recorded once more', async () => {
  const { exposures, recorded } = await exposing(null, 2);
  for (const targetingKey of ['ann', 'bob', 'eve', 'eve', 'ann']) exposures.expose('new-shop', { targetingKey });
  await exposures.settled();
  expect(recorded.map((each) => each.split(' ')[1])).toEqual(['ann', 'bob', 'eve', 'ann']);
});
