import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMemoryStore } from '../../src/event-store/index.ts';
import { conditionCategories } from './contract.ts';
import { checkKeys, checkRound, wholeLogOf } from './model-checks.ts';
import { rounds } from './model-commands.ts';
import { ModelRun, type Sent } from './model-run.ts';

test('the memory store follows the model, whatever happens at once', () =>
  fc.assert(
    fc.asyncProperty(rounds, async (plan) => {
      const store = openMemoryStore({ conditionCategories });
      const run = new ModelRun([store]);
      const all: Sent[] = [];
      for (const commands of plan) {
        const sent = await run.round(commands);
        all.push(...sent);
        run.versions = await checkRound(run, sent, await wholeLogOf(store), store);
        await checkKeys(run, all, store);
      }
      expect(all.length).toBeGreaterThan(0);
      await store.close();
    }),
    { numRuns: 150, seed: 20260101 },
  ));
