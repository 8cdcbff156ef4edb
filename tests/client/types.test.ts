import { expect, expectTypeOf, test } from 'vitest';
import type { SandaiClient } from '../../src/client/index.ts';

/** Compiled by `tsc`, never run: each line that is wrong must not compile. */
async function wrong(client: SandaiClient): Promise<void> {
  // @ts-expect-error there is no such path
  await client.get('/v1/nothing');
  // @ts-expect-error the path does not take this method
  await client.get('/v1/auth/device');
  // @ts-expect-error the body is missing
  await client.post('/v1/auth/device');
  // @ts-expect-error a device id is text
  await client.post('/v1/auth/device', { body: { device_id: 7 } });
  // @ts-expect-error no such field
  await client.post('/v1/auth/device', { body: { device_id: 'ada-phone-1', colour: 'red' } });
  // @ts-expect-error a score needs its season
  await client.post('/v1/leaderboards/{season}/score', { body: { score: 1 } });
  // @ts-expect-error a score is a number
  await client.post('/v1/leaderboards/{season}/score', { path: { season: 'spring' }, body: { score: 'high' } });
  // @ts-expect-error there are three operators
  await client.post('/v1/seasons', { body: { season: 'spring', operator: 'worst' } });
  // @ts-expect-error no such parameter
  await client.get('/v1/seasons', { query: { colour: 'red' } });
  // @ts-expect-error the version that it was decided on is missing
  await client.put('/v1/config/{experiment_id}/{cohort}', {
    path: { experiment_id: 'global', cohort: 'default' },
    body: { values: {} },
  });
  // @ts-expect-error closing a season takes no version
  await client.post('/v1/seasons/{season}/close', { path: { season: 'spring' }, ifMatch: 1 });
  // @ts-expect-error not a list
  client.pages('/v1/profile');
}

async function right(client: SandaiClient) {
  const { rank } = await client.post('/v1/leaderboards/{season}/score', {
    path: { season: 'spring' },
    body: { score: 1 },
  });
  const profile = await client.get('/v1/profile');
  await client.post('/v1/seasons', { body: { season: 'spring', operator: 'best' } });
  await client.post('/v1/seasons/{season}/close', { path: { season: 'spring' } });
  const entries = [];
  for await (const entry of client.pages('/v1/leaderboards/{season}', { path: { season: 'spring' } }))
    entries.push(entry);
  const seasons = [];
  for await (const season of client.pages('/v1/seasons')) seasons.push(season);
  return { rank, name: profile.player.display_name, entries, seasons };
}

test('answers have the types of the document, and what is wrong does not compile', () => {
  expectTypeOf(wrong).returns.resolves.toBeVoid();
  type Right = Awaited<ReturnType<typeof right>>;
  expectTypeOf<Right['rank']>().toEqualTypeOf<number>();
  expectTypeOf<Right['name']>().toEqualTypeOf<string | null>();
  expectTypeOf<Right['entries'][number]['player_id']>().toEqualTypeOf<string>();
  expectTypeOf<Right['seasons'][number]['operator']>().toEqualTypeOf<'best' | 'latest' | 'sum'>();
  expect(wrong).toBeTypeOf('function');
});
