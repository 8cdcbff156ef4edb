import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeGroupBy } from '../../src/commands/group.ts';
import { batches, commandOf, groups, holds, logOfPlayers, players } from './group-steps.ts';
import { processOn, request } from './support.ts';

test('however members of groups come, go and change roles on two processes, each group counts its members, has a superadmin, is not too large, and its name alone', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (steps) => {
      const log = await logOfPlayers();
      const processes = [processOn(log), processOn(log)];
      for (const batch of steps) {
        await Promise.all(batch.map((each, index) => changeGroupBy(processes[index % 2]!, commandOf(each), request())));
        const [owls, alsoOwls] = await Promise.all(groups.map((groupId) => holds(log, groupId)));
        expect(owls && alsoOwls).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});

test('of many who take one name at once, one gets it, and it is free when the group has ended', async () => {
  const log = await logOfPlayers();
  const processes = [processOn(log), processOn(log)];
  const make = (n: number, name: string) =>
    changeGroupBy(
      processes[n % 2]!,
      { type: 'CreateGroup', groupId: groups[n]!, playerId: players[n]!, name, description: '', visibility: 'public' },
      request(),
    );
  const made = await Promise.all([make(0, 'Night Owls'), make(1, 'NIGHT OWLS'), make(2, 'night owls')]);
  const winner = made.findIndex(({ outcome }) => outcome.ok);
  const codes = made.map(({ outcome }) => (outcome.ok ? 'made' : outcome.code)).sort();
  expect(codes).toEqual(['GROUP_NAME_TAKEN', 'GROUP_NAME_TAKEN', 'made']);
  const leave = { type: 'LeaveGroup', groupId: groups[winner]!, playerId: players[winner]! } as const;
  expect((await changeGroupBy(processes[0]!, leave, request())).outcome.ok).toBe(true);
  expect((await make((winner + 1) % 3, 'Night Owls')).outcome.ok).toBe(true);
});
