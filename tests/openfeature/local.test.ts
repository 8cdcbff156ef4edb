import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { afterAll, describe, expect, test } from 'vitest';
import type { TargetingRule } from '../../src/events/targeting.ts';
import { createEvaluator } from '../../src/openfeature/evaluate.ts';
import {
  type Asker,
  type Configuration,
  type Definitions,
  SandaiProvider,
  serverDefinitions,
  type TaggedDefinitions,
  TokenRefused,
} from '../../src/openfeature/index.ts';

afterAll(() => OpenFeature.clearProviders());

const experiment = (targeting: TargetingRule | null = null, ramp = 10_000): Definitions['experiments'][number] => ({
  experiment_id: 'new-shop',
  run: 2,
  cohorts: [{ cohort: 'preview', share: 10_000 }],
  control: 'preview',
  targeting,
  layer: null,
  ramp,
  starts_at: null,
  ends_at: null,
});
const defined = (values: Definitions['built_in'], revision = '1', ...experiments: Definitions['experiments']) => ({
  definitions: {
    built_in: { music: true },
    experiments,
    variants: experiments.map(({ experiment_id }) => ({ experiment_id, cohort: 'preview', version: 3, values })),
    revision,
  },
  tag: `"${revision}"`,
});

const answered = (on: string, revision: string): Configuration => ({
  values: { on },
  sources: { on: { source: 'cohort', experiment_id: 'new-shop', cohort: 'preview', version: 3 } },
  revision,
});

let domains = 0;
/** A provider over definitions that the test turns. */
async function providing(first: TaggedDefinitions) {
  const world = {
    time: 0,
    read: async (known: string | null): Promise<TaggedDefinitions | null> => (known === first.tag ? null : first),
    answer: async () => answered('asked', '1'),
  };
  const asked: Asker[] = [];
  const known: (string | null)[] = [];
  const provider = new SandaiProvider({
    definitions: (tag) => {
      known.push(tag);
      return world.read(tag);
    },
    source: (asker) => {
      asked.push(asker);
      return world.answer();
    },
    pollMs: 0,
    now: () => world.time,
  });
  const domain = `local-${++domains}`;
  await OpenFeature.setProviderAndWait(domain, provider);
  const client = OpenFeature.getClient(domain);
  const events: string[] = [];
  for (const name of [ProviderEvents.Stale, ProviderEvents.ConfigurationChanged, ProviderEvents.Ready])
    client.addHandler(name, (details) => {
      const { flagsChanged } = details as { flagsChanged?: string[] };
      events.push(flagsChanged === undefined ? name : `${name} ${flagsChanged}`);
    });
  // who asks for the event of what is already so is told at once
  events.length = 0;
  return { provider, client, world, asked, known, events };
}
const ann = { targetingKey: '0b0e9a4e-6f1c-4b7e-9d0a-3f2c1a7b8d9e' };
/** Lets what is under way come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('definitions', () => {
  test('are read once, and every player is evaluated from them', async () => {
    const { client, asked, known } = await providing(defined({ on: true }, '1', experiment()));
    for (let last = 0; last < 50; last += 1) {
      const targetingKey = ann.targetingKey.slice(0, -2) + String(10 + last);
      expect(await client.getBooleanDetails('on', false, { targetingKey })).toMatchObject({
        value: true,
        variant: 'preview',
        reason: 'SPLIT',
        flagMetadata: { source: 'cohort', experiment_id: 'new-shop', version: 3, revision: '1', exposes: 'new-shop/2' },
      });
    }
    expect(await client.getBooleanDetails('music', false)).toMatchObject({ value: true, reason: 'DEFAULT' });
    expect([asked, known]).toEqual([[], [null]]);
  });

  test('are evaluated once for a player, of as many as may be remembered', () => {
    const { definitions } = defined({ on: true }, '1', experiment());
    const evaluator = createEvaluator(definitions, 2);
    const [first, , again, , late] = ['a', 'b', 'a', 'c', 'a'].map((last) =>
      evaluator.configurationOf({ player: ann.targetingKey.slice(0, -1) + last }, 0),
    );
    expect(again).toBe(first);
    expect(late).toEqual(first);
    expect(late).not.toBe(first);
  });

  test('that are old are read again by their tag, and no evaluation waits for it', async () => {
    const { client, world, known } = await providing(defined({ on: true }, '1', experiment()));
    world.read = () => new Promise(() => undefined);
    world.time = 60_000;
    for (const _ of [1, 2]) expect(await client.getBooleanValue('on', false, ann)).toBe(true);
    expect(known).toEqual([null, '"1"']);
  });

  test('that are others count from then on, and are told of by the names that differ', async () => {
    const { client, world, events } = await providing(defined({ on: true, price: 5 }, '1', experiment()));
    world.read = async () => defined({ on: false, price: 5 }, '2', experiment());
    world.time = 60_000;
    await client.getBooleanValue('on', false, ann);
    await settled();
    expect(await client.getBooleanValue('on', true, ann)).toBe(false);
    expect(events).toEqual([`${ProviderEvents.ConfigurationChanged} on`]);

    world.read = async () => defined({ on: false, price: 5 }, '3', experiment(null, 0));
    world.time = 120_000;
    await client.getBooleanValue('on', false, ann);
    await settled();
    expect(await client.getBooleanDetails('on', true, ann)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
    expect(events.at(-1)).toBe(`${ProviderEvents.ConfigurationChanged} on,price`);
  });

  test('say when an experiment begins and ends, which counts from that moment on', async () => {
    const times = { starts_at: new Date(1_000).toISOString(), ends_at: new Date(2_000).toISOString() };
    const { client, world } = await providing(defined({ on: true }, '1', { ...experiment(), ...times }));
    const shown = [];
    for (const time of [999, 1_000, 1_999, 2_000, 1_500]) {
      world.time = time;
      shown.push(await client.getBooleanValue('on', false, ann));
    }
    expect(shown).toEqual([false, true, true, false, true]);
  });

  test('that cannot be read again go on as stale, until they can', async () => {
    const { client, world, events } = await providing(defined({ on: true }, '1', experiment()));
    const { read } = world;
    world.read = () => Promise.reject(new Error('no answer'));
    for (const time of [60_000, 120_000]) {
      world.time = time;
      await client.getBooleanValue('on', false, ann);
      await settled();
    }
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ value: true, reason: 'STALE' });
    expect([events, client.providerStatus]).toEqual([[ProviderEvents.Stale], 'STALE']);
    world.read = read;
    world.time = 180_000;
    await client.getBooleanValue('on', false, ann);
    await settled();
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ reason: 'SPLIT' });
    expect([events, client.providerStatus]).toEqual([[ProviderEvents.Stale, ProviderEvents.Ready], 'READY']);
  });
});

describe('what only the server knows', () => {
  const isNotGold: TargetingRule = { not: { attribute: 'tier', operator: 'in', value: ['gold'] } };
  const isOld: TargetingRule = { attribute: 'account_age_days', operator: 'at_least', value: 3 };
  const isIos: TargetingRule = { attribute: 'platform', operator: 'in', value: ['ios'] };

  test.each([
    ['the tier', isNotGold],
    ['the age', { all: [isIos, isOld] }],
  ])('is asked for where a rule decides by it: %s', async (_, rule) => {
    const { client, asked } = await providing(defined({ on: 'here' }, '1', experiment(rule)));
    for (const __ of [1, 2]) expect(await client.getStringValue('on', '', { ...ann, platform: 'ios' })).toBe('asked');
    expect(asked).toEqual([{ player: ann.targetingKey, platform: 'ios' }]);
  });

  test('is asked for again once the definitions are others, which is told of once', async () => {
    const { client, world, asked, events } = await providing(defined({ on: 'here' }, '1', experiment(isNotGold)));
    world.time = 30_000;
    for (const _ of [1, 2]) expect(await client.getStringValue('on', '', ann)).toBe('asked');
    world.read = async () => defined({ on: 'there' }, '2', experiment(isNotGold));
    world.answer = async () => answered('asked again', '2');
    world.time = 60_000;
    await client.getBooleanValue('music', false, {});
    await settled();
    expect(await client.getStringValue('on', '', ann)).toBe('asked again');
    expect(asked).toHaveLength(2);
    expect(events).toEqual([`${ProviderEvents.ConfigurationChanged} on`]);
  });

  test('and cannot be asked for is an error of that evaluation alone', async () => {
    const { client, world } = await providing(defined({ on: 'here' }, '1', experiment(isNotGold)));
    world.answer = () => Promise.reject(new Error('down'));
    expect(await client.getStringDetails('on', '', ann)).toMatchObject({ errorCode: 'GENERAL' });
    expect(await client.getBooleanValue('music', false, {})).toBe(true);
  });

  test('can be asked for while the definitions cannot be read, which stay stale until they are', async () => {
    const { client, world, events } = await providing(defined({ on: 'here' }, '1', experiment(isNotGold)));
    world.read = () => Promise.reject(new Error('no answer'));
    for (const time of [60_000, 120_000]) {
      world.time = time;
      expect(await client.getStringValue('on', '', ann)).toBe('asked');
      await settled();
    }
    expect([events, client.providerStatus]).toEqual([[ProviderEvents.Stale], 'STALE']);
  });

  test('is not asked for where it changes nothing', async () => {
    const notRamped = await providing(defined({ on: 'here' }, '1', experiment(isNotGold, 0)));
    expect(await notRamped.client.getStringValue('on', 'none', ann)).toBe('none');
    const told = await providing(defined({ on: 'here' }, '1', experiment(isIos)));
    expect(await told.client.getStringValue('on', 'none', { ...ann, platform: 'IOS' })).toBe('here');
    const nobody = await providing(defined({ on: 'here' }, '1', experiment(isNotGold)));
    expect(await nobody.client.getStringValue('on', 'none', {})).toBe('none');
    expect([notRamped.asked, told.asked, nobody.asked]).toEqual([[], [], []]);
  });
});

describe('a provider', () => {
  const bob = { targetingKey: '0b0e9a4e-6f1c-4b7e-9d0a-3f2c1a7b8d9f' };

  test('that has no definitions at first is not ready until it has, for which many evaluations ask once', async () => {
    let isDown = true;
    let reads = 0;
    const provider = new SandaiProvider({
      async definitions() {
        reads += 1;
        return isDown ? null : defined({ on: true }, '1', experiment());
      },
      source: () => answered('asked', '1'),
      pollMs: 0,
    });
    await expect(OpenFeature.setProviderAndWait('local-late', provider)).rejects.toThrow('there are no definitions');
    const client = OpenFeature.getClient('local-late');
    expect(await client.getBooleanDetails('on', false, ann)).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
    isDown = false;
    reads = 0;
    const evaluated = await Promise.all([ann, bob, ann].map((context) => client.getBooleanValue('on', false, context)));
    expect([evaluated, reads, client.providerStatus]).toEqual([[true, true, true], 1, 'READY']);
  });

  test('that is closed and used again reads anew what it knew, here and of the server', async () => {
    const isGold: TargetingRule = { attribute: 'tier', operator: 'in', value: ['gold'] };
    const { provider, client, asked, known } = await providing(defined({ on: 'here' }, '1', experiment(isGold)));
    for (const _ of [1, 2]) {
      expect(await client.getStringValue('on', '', ann)).toBe('asked');
      await provider.onClose();
    }
    expect([asked.length, known]).toEqual([2, [null, null]]);
  });
});

describe('a server', () => {
  const source = (answer: () => Response) => {
    const sent: Request[] = [];
    const read = serverDefinitions({
      url: 'http://sandai.test/game/',
      token: 'sk_key',
      fetch: async (input, init) => {
        sent.push(new Request(input, init));
        return answer();
      },
    });
    return { read, sent };
  };

  test('is asked with the tag that is known, and its tag is kept', async () => {
    const { definitions } = defined({});
    const { read, sent } = source(() => Response.json(definitions, { headers: { etag: '"abc"' } }));
    expect(await read(null)).toEqual({ definitions, tag: '"abc"' });
    await read('"abc"');
    expect(sent.map(({ url }) => url)).toEqual(Array(2).fill('http://sandai.test/game/v1/config/definitions'));
    expect(sent.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, '"abc"']);
    expect(sent[0]!.headers.get('authorization')).toBe('Bearer sk_key');
  });

  test('that has nothing new says so', async () => {
    const { read } = source(() => new Response(null, { status: 304 }));
    expect(await read('"abc"')).toBeNull();
  });

  test.each([401, 403])('that answers %i ends it', async (status) => {
    await expect(source(() => new Response('', { status })).read(null)).rejects.toThrow(TokenRefused);
  });

  test('that knows no definitions is an outage', async () => {
    await expect(source(() => new Response('', { status: 404 })).read(null)).rejects.toThrow('404');
  });
});
