import { beforeEach, expect, test } from 'vitest';
import { changeDeadLetter, readDeadLetter } from '../../src/commands/dead-letter.ts';
import { grantRewards } from '../../src/commands/reward.ts';
import { postToWallet } from '../../src/commands/wallet.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { maxAmount, walletStream } from '../../src/events/wallet.ts';
import { deadLetters } from '../../src/reactors/dead-letters.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { retryPayout, rewardPayout, rewardSource } from '../../src/reactors/reward-payout.ts';
import { now, openLog, openVault, processOn, request, tenant } from '../commands/support.ts';
import { player, spring } from '../processors/log-under-test.ts';
import { eventsOf } from './counting.ts';

const [rich, poor] = [player(1), player(2)];
const gold = (amount: number) => [{ kind: 'currency', asset: 'gold', amount }] as const;

const fullBalance = 1_000 * maxAmount;
/** A wallet that holds as much gold as one can. */
const filled = {
  type: 'LedgerEntryPosted',
  data: {
    playerId: rich,
    cause: { kind: 'adjustment', ref: 'test' },
    postings: [
      {
        ...gold(maxAmount)[0],
        from: { account: 'adjustments', balance: -fullBalance },
        to: { account: 'player', balance: fullBalance },
      },
    ],
  },
};

let log: EventLog;
let rewards: readonly RecordedEvent[];
beforeEach(async () => {
  log = openLog();
  await log.append({
    tenant,
    streams: [{ streamId: walletStream(tenant, rich), expectedVersion: 0n, events: [filled] }],
  });
  const tiers = [{ fromRank: 1, toRank: 2, grants: [...gold(7)] }];
  await grantRewards(processOn(log), { season: spring, firstRank: 1, winners: [rich, poor], tiers }, request());
  rewards = await eventsOf(log, 'RewardGranted');
});

const runtime = () => ({ ...processOn(log), vault: openVault });
const post = (give: ReturnType<typeof gold> | [], take: ReturnType<typeof gold> | []) =>
  postToWallet(
    runtime(),
    { playerId: rich, cause: { kind: 'adjustment', ref: 'test' }, give, take, from: 'adjustments' },
    request(),
  );
const pay = () => reactorProcessor(rewardPayout(runtime()), () => now).handle(rewards);
const paid = async () =>
  (await eventsOf(log, 'LedgerEntryPosted')).flatMap(({ data }) => {
    const { cause, playerId } = data as unknown as { cause: { kind: string }; playerId: string };
    return cause.kind === 'reward' ? [playerId] : [];
  });
const letterId = () => deadLetterIdOf(rewardSource, rewards.find(({ data }) => data['playerId'] === rich)!.eventId);
const letter = () => readDeadLetter(runtime(), tenant, letterId());
async function retry(): Promise<void> {
  await changeDeadLetter(runtime(), { type: 'RetryDeadLetter', deadLetterId: letterId() }, request());
  const { events } = await log.read(deadLetterStream(tenant, letterId()));
  const reactor = deadLetters({
    runtime: runtime(),
    records: { deleteDataKey: async () => undefined },
    reveal: async ({ ciphertext }) => ciphertext,
    sources: { [rewardSource]: retryPayout(runtime()) },
    onFailure: () => undefined,
  });
  await reactorProcessor(reactor, () => now).handle(events.filter(({ type }) => reactor.types.includes(type)));
}

test('a reward that a full wallet does not take is left to operators, and everybody else is paid', async () => {
  for (let again = 0; again < 2; again += 1) await pay();
  expect(await paid()).toEqual([poor]);
  expect(await letter()).toMatchObject({ phase: 'open', attempts: 1 });
  expect(await eventsOf(log, 'DeadLetterFiled')).toHaveLength(1);
});

test('a retry pays it when there is room, and else says why not', async () => {
  await pay();
  await retry();
  expect(await letter()).toMatchObject({ phase: 'open', attempts: 2 });
  const [failed] = await eventsOf(log, 'DeadLetterRetryFailed');
  expect(failed!.data).toMatchObject({ reason: 'balance_out_of_range' });
  await post([], gold(7));
  await retry();
  expect((await letter()).phase).toBe('resolved');
  expect((await paid()).sort()).toEqual([rich, poor].sort());
});

test('who was paid when the event came again is not paid by a retry', async () => {
  await pay();
  await post([], gold(14));
  await pay();
  await retry();
  expect((await letter()).phase).toBe('resolved');
  expect((await paid()).sort()).toEqual([rich, poor].sort());
});
