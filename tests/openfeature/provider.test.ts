import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Asker,
  type Configuration,
  SandaiProvider,
  TokenRefused,
  UnknownPlayer,
} from '../../src/openfeature/index.ts';

afterAll(() => OpenFeature.clearProviders());

const configuration = (values: Configuration['values'], revision = '1'): Configuration => ({
  values,
  revision,
  sources: Object.fromEntries(
    Object.keys(values).map((name) => [
      name,
      { source: 'cohort', experiment_id: 'new-shop', cohort: 'preview', version: 3 },
    ]),
  ),
});

let domains = 0;
/** A provider over a source that the test turns. */
async function providing(first: Configuration, maxPlayers?: number) {
  const asked: Asker[] = [];
  const world = { time: 0, answer: async (_: Asker): Promise<Configuration> => first };
  const provider = new SandaiProvider({
    source: (asker) => {
      asked.push(asker);
      return world.answer(asker);
    },
    pollMs: 0,
    now: () => world.time,
    ...(maxPlayers !== undefined && { maxPlayers }),
  });
  const domain = `provider-${++domains}`;
  await OpenFeature.setProviderAndWait(domain, provider);
  const client = OpenFeature.getClient(domain);
  const events: [string, readonly string[] | undefined][] = [];
  for (const name of [ProviderEvents.Stale, ProviderEvents.ConfigurationChanged])
    client.addHandler(
      name,
      (details) => void events.push([name, (details as { flagsChanged?: string[] }).flagsChanged]),
    );
  asked.length = 0;
  return { provider, client, world, asked, events };
}
const ann = { targetingKey: 'ann' };

describe('a flag', () => {
  const object = { seconds: 2.5 };
  const values = { on: true, banner: 'Hello', price: 499, shop: object, list: [1, 2], nothing: null };

  test('is resolved by its type, with its variant and where it comes from', async () => {
    const { client } = await providing(configuration(values));
    const details = {
      flagKey: 'on',
      value: true,
      variant: 'preview',
      reason: 'SPLIT',
      flagMetadata: { source: 'cohort', revision: '1', experiment_id: 'new-shop', version: 3 },
    };
    expect(await client.getBooleanDetails('on', false, ann)).toEqual(details);
    expect(await client.getStringValue('banner', '', ann)).toBe('Hello');
    expect(await client.getNumberValue('price', 0, ann)).toBe(499);
    expect(await client.getObjectValue('shop', {}, ann)).toEqual(object);
    expect(await client.getObjectValue('list', [], ann)).toEqual([1, 2]);
  });

  test.each([
    [{ source: 'global', experiment_id: 'global', cohort: 'default', version: 4 }, 'STATIC', 'default'],
    [{ source: 'control', experiment_id: 'new-shop', cohort: 'control', version: 1 }, 'SPLIT', 'control'],
    [{ source: 'built_in', experiment_id: null, cohort: null, version: null }, 'DEFAULT', 'built_in'],
  ] as const)('from %j has the reason %s and the variant %s', async (source, reason, variant) => {
    const { client } = await providing({ ...configuration({ on: true }), sources: { on: source } });
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ reason, variant });
  });

  test.each(['banner', 'price', 'shop', 'nothing'])('that is no truth value is none: %s', async (key) => {
    const { client } = await providing(configuration(values));
    const details = await client.getBooleanDetails(key, false, ann);
    expect(details).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
  });

  test.each(['unknown', 'toString', '__proto__'])('that is not there is the default: %s', async (key) => {
    const { client } = await providing(configuration(values));
    expect(await client.getStringDetails(key, 'mine', ann)).toMatchObject({
      value: 'mine',
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  test('of somebody who is not known is the default, which is no outage', async () => {
    const { client, world, events } = await providing(configuration(values));
    world.answer = () => Promise.reject(new UnknownPlayer('no such player'));
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({
      value: false,
      errorCode: 'INVALID_CONTEXT',
    });
    expect(events).toEqual([]);
  });

  test('without a targeting key is an error where every player has their own', async () => {
    const provider = new SandaiProvider({ source: () => configuration(values), pollMs: 0, needsKey: true });
    await OpenFeature.setProviderAndWait('needs-key', provider);
    const client = OpenFeature.getClient('needs-key');
    for (const context of [{}, { targetingKey: '' }])
      expect(await client.getBooleanDetails('on', false, context)).toMatchObject({
        value: false,
        reason: 'ERROR',
        errorCode: 'TARGETING_KEY_MISSING',
      });
    expect(await client.getBooleanValue('on', false, ann)).toBe(true);
  });

  test('is asked for the player and what the context tells of them', async () => {
    const { client, asked } = await providing(configuration(values));
    await client.getBooleanValue('on', false, { ...ann, platform: 'ios', app_version: '2.1.0', age: 7, country: 5 });
    await client.getBooleanValue('on', false, {});
    expect(asked).toEqual([{ player: 'ann', platform: 'ios', app_version: '2.1.0' }]);
  });
});

describe('a configuration', () => {
  test('is read once for many flags at once, and again after 60 s', async () => {
    const { client, world, asked } = await providing(configuration({ on: true }));
    await Promise.all(Array.from({ length: 20 }, () => client.getBooleanValue('on', false, ann)));
    world.time = 59_999;
    await client.getBooleanValue('on', false, ann);
    expect(asked).toHaveLength(1);
    world.time = 60_000;
    await client.getBooleanValue('on', false, ann);
    expect(asked).toHaveLength(2);
  });

  test('that has changed is told of, by the names that differ', async () => {
    const { client, world, events } = await providing(configuration({ on: true, same: 1, gone: 1 }));
    await client.getBooleanValue('on', false, ann);
    world.answer = async () => configuration({ on: false, same: 1, fresh: 1 }, '2');
    world.time = 60_000;
    expect(await client.getBooleanValue('on', true, ann)).toBe(false);
    expect(events).toEqual([['PROVIDER_CONFIGURATION_CHANGED', ['on', 'gone', 'fresh']]]);
  });

  test('of every player is read anew once a newer revision was seen', async () => {
    const { client, world, asked, events } = await providing(configuration({ on: true }));
    await client.getBooleanValue('on', false, ann);
    world.answer = async () => configuration({ on: false }, '2');
    await client.getBooleanValue('on', true, { targetingKey: 'bob' });
    expect(await client.getBooleanValue('on', true, ann)).toBe(false);
    expect(asked.map(({ player }) => player)).toEqual(['ann', 'bob', 'ann']);
    expect(events).toEqual([
      ['PROVIDER_CONFIGURATION_CHANGED', []],
      ['PROVIDER_CONFIGURATION_CHANGED', ['on']],
    ]);
  });

  test('that cannot be read anew stays as it was, is called stale, and recovers', async () => {
    const { client, world, events } = await providing(configuration({ on: true }));
    await client.getBooleanValue('on', false, ann);
    const { answer } = world;
    world.answer = () => Promise.reject(new Error('down'));
    world.time = 60_000;
    for (const _ of [1, 2])
      expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ value: true, reason: 'STALE' });
    expect(events).toEqual([['PROVIDER_STALE', undefined]]);
    expect(client.providerStatus).toBe('STALE');
    const bob = await client.getBooleanDetails('on', false, { targetingKey: 'bob' });
    expect(bob).toMatchObject({ value: false, errorCode: 'GENERAL' });
    world.answer = answer;
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ value: true, reason: 'SPLIT' });
    expect(client.providerStatus).toBe('READY');
  });

  test('of the one who was remembered longest gives way', async () => {
    const { client, asked } = await providing(configuration({ on: true }), 2);
    for (const targetingKey of ['ann', 'bob', 'ann', 'eve', 'bob', 'ann'])
      await client.getBooleanValue('on', false, { targetingKey });
    expect(asked.map(({ player }) => player)).toEqual(['ann', 'bob', 'eve', 'ann']);
  });
});

test('a provider whose source does not answer at first is not ready until it does', async () => {
  let isDown = true;
  const source = () => (isDown ? Promise.reject(new Error('down')) : configuration({ on: true }));
  const provider = new SandaiProvider({ source, pollMs: 0 });
  await expect(OpenFeature.setProviderAndWait('provider-down', provider)).rejects.toThrow('down');
  const client = OpenFeature.getClient('provider-down');
  expect(client.providerStatus).toBe('ERROR');
  expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({
    value: false,
    reason: 'ERROR',
    errorCode: 'PROVIDER_NOT_READY',
  });
  isDown = false;
  expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ value: true, reason: 'SPLIT' });
  expect(client.providerStatus).toBe('READY');
});

test('a provider whose source did not answer at first asks again by itself', async () => {
  let asked = 0;
  const source = () => (asked++ === 0 ? Promise.reject(new Error('down')) : configuration({ on: true }));
  const provider = new SandaiProvider({ source, pollMs: 1 });
  const isReady = new Promise((resolve) =>
    OpenFeature.getClient('provider-back').addHandler(ProviderEvents.Ready, resolve),
  );
  await expect(OpenFeature.setProviderAndWait('provider-back', provider)).rejects.toThrow('down');
  await isReady;
  expect(OpenFeature.getClient('provider-back').providerStatus).toBe('READY');
});

test('a provider whose token does not count is beyond help', async () => {
  const provider = new SandaiProvider({ source: () => Promise.reject(new TokenRefused('401')), pollMs: 1 });
  await expect(OpenFeature.setProviderAndWait('provider-refused', provider)).rejects.toThrow('401');
  const client = OpenFeature.getClient('provider-refused');
  expect(client.providerStatus).toBe('FATAL');
  expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ errorCode: 'PROVIDER_FATAL' });
});
