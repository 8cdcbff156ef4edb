import { expect, test } from 'vitest';
import { analytics, foldTold } from '../folds/analytics.ts';
import { audit } from '../folds/audit.ts';
import { bots } from '../folds/bot.ts';
import { experiments } from '../folds/experiment.ts';
import { dayOf, shown } from '../log.ts';
import { all, type Journey } from '../stage.ts';

/** What operators see. */
export function operationReads(journey: () => Journey): void {
  test('the audit log has what operators and services did, the newest first', async () => {
    const { log, admin, waitFor } = journey();
    const found = await all(admin.pages('/v1/audit', { query: { limit: 100 }, waitFor }));
    expect(found.map(({ event_id }) => event_id)).toEqual(
      audit['audit']!(log)
        .map((row) => row['event_id'])
        .reverse(),
    );
  });

  test('commands of bots are done, and dead letters as operators left them', async () => {
    const { log, ops, waitFor } = journey();
    const commands = await all(ops.pages('/v1/bot/commands', { query: { limit: 7 }, waitFor }));
    const rows = bots['bot_commands']!(log);
    expect(commands.map(({ update_id, status }) => [update_id, status]).sort()).toEqual(
      rows.map((row) => [row['update_id'], row['status']]).sort(),
    );
    const letters = await all(ops.pages('/v1/dead-letters', { query: { limit: 1 }, waitFor }));
    expect(letters.map(({ dead_letter_id, state }) => [dead_letter_id, state])).toEqual(
      bots['dead_letters']!(log)
        .map((row) => [row['dead_letter_id'], row['state']])
        .sort(),
    );
  });

  test('what players did is counted once, however often it was told', async () => {
    const { log, players, ops, waitFor } = journey();
    for (const { id, client } of players) {
      const path = { player_id: id };
      const told = await all(client.pages('/v1/players/{player_id}/events', { path, query: { limit: 3 }, waitFor }));
      const own = foldTold(log).filter(({ event }) => event.data.playerId === id);
      expect(told.map(({ event_id, at }) => [event_id, at]).sort()).toEqual(
        own.map(({ told: { id: event_id }, at }) => [event_id, shown(at)]).sort(),
      );
    }
    const days = await all(ops.pages('/v1/analytics/events/counts', { query: { limit: 3 }, waitFor }));
    const counted = days.reduce((sum, { events }) => sum + events, 0);
    expect(counted).toBe(foldTold(log).length);
  });

  test('as many players are active today as were there', async () => {
    const { log, ops, waitFor } = journey();
    const { days } = await ops.get('/v1/analytics/activity', { waitFor });
    const today = dayOf(log.at(-1)!.at);
    const there = analytics['player_days']!(log).filter((row) => row['day'] === today);
    expect(days.find(({ day }) => day === shown(BigInt(today) * 86_400_000_000n).slice(0, 10))).toMatchObject({
      dau: there.length,
    });
  });

  test('everybody is configured by the cohort that they were shown', async () => {
    const { log, players, waitFor } = journey();
    const exposed = experiments['experiment_exposures']!(log).filter((row) => row['experiment'] === 'shop');
    expect(new Set(exposed.map((row) => row['cohort']))).toEqual(new Set(['plain', 'bright']));
    for (const { id, client } of players) {
      const cohort = exposed.find((row) => row['player_id'] === id)?.['cohort'];
      const { values } = await client.get('/v1/config', { waitFor });
      const colour = cohort === undefined ? 'grey' : cohort === 'plain' ? 'white' : 'red';
      expect(values).toEqual({ colour, lives: 3 });
    }
  });
}
