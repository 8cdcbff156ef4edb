import { describe, expect, test } from 'vitest';
import { botCommand } from '../../src/aggregates/bot-command.ts';
import { parseBotText } from '../../src/aggregates/bot-text.ts';
import { maxAttempts } from '../../src/aggregates/retry.ts';
import type { BotCommandEvent } from '../../src/events/bot-command.ts';
import type { ContactId } from '../../src/events/ids.ts';
import { iso } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(botCommand);
const ref = { bot: 'main', updateId: 7 };
const content = {
  ...ref,
  contactId: '88888888-8888-5888-8888-888888888888' as ContactId,
  command: 'rank',
  sealed: 'pd1.x',
};
const queue = { type: 'QueueBotCommand', ...content } as const;
const queued: BotCommandEvent = { type: 'BotCommandQueued', data: content };
const complete = { type: 'CompleteBotCommand', ...ref, result: 'answered', reply: 'sent' } as const;
const completed: BotCommandEvent = {
  type: 'BotCommandCompleted',
  data: { ...ref, result: 'answered', reply: 'sent' },
};
const failure = { reason: 'unreachable', retryAt: iso('10:00') };
const fail = (attempt: number, permanent = false) =>
  ({ type: 'FailBotCommand', ...ref, ...failure, attempt, permanent }) as const;
const failed = (attempt: number): BotCommandEvent => ({
  type: 'BotCommandFailed',
  data: { ...ref, attempt, ...failure },
});
const abandoned = (attempt: number): BotCommandEvent => ({
  type: 'BotCommandAbandoned',
  data: { ...ref, attempt, reason: 'unreachable' },
});
const requeue = { type: 'RequeueBotCommand', ...ref } as const;
const requeued: BotCommandEvent = { type: 'BotCommandRequeued', data: ref };

describe('an update', () => {
  test('is queued once', () => given().when(queue).then(queued));
  test.each([
    ['queued', [queued]],
    ['failed', [queued, failed(1)]],
    ['done', [queued, completed]],
    ['dead', [queued, abandoned(1)]],
  ])('that comes again changes nothing when its command is %s', (_, history) =>
    given(...history)
      .when({ ...queue, sealed: 'pd1.sealed anew' })
      .thenNothing(),
  );
});

describe('a bot command', () => {
  test('is completed once', () => given(queued).when(complete).then(completed));
  test('is completed after failures', () => given(queued, failed(1)).when(complete).then(completed));
  test('that is done or dead is not completed', () => {
    given(queued, completed).when(complete).thenNothing();
    given(queued, abandoned(1)).when(complete).thenNothing();
  });
  test('that was never queued is refused', () => {
    for (const command of [complete, fail(1), requeue]) given().when(command).thenRejects('BOT_COMMAND_NOT_FOUND');
  });
  test('counts each failed attempt once', () => {
    given(queued).when(fail(1)).then(failed(1));
    given(queued, failed(1)).when(fail(1)).thenNothing();
    given(queued, failed(1)).when(fail(2)).then(failed(2));
    given(queued, completed).when(fail(1)).thenNothing();
  });
  test('is abandoned after its last attempt', () =>
    given(queued, failed(maxAttempts - 1))
      .when(fail(maxAttempts))
      .then(abandoned(maxAttempts)));
  test('is abandoned at once when trying again cannot help', () =>
    given(queued).when(fail(1, true)).then(abandoned(1)));
  test('that is dead is queued again, and its attempts count from the beginning', () => {
    given(queued, abandoned(3)).when(requeue).then(requeued);
    given(queued, abandoned(3), requeued).when(fail(1)).then(failed(1));
  });
  test('that is not dead is not queued again', () => {
    given(queued).when(requeue).thenNothing();
    given(queued, failed(1)).when(requeue).thenRejects('BOT_COMMAND_NOT_DEAD');
    given(queued, completed).when(requeue).thenRejects('BOT_COMMAND_NOT_DEAD');
  });
});

describe('a message', () => {
  test.each([
    ['/rank spring-2026', 'rank', 'spring-2026'],
    ['  /RANK@SandaiBot   spring-2026 ', 'rank', 'spring-2026'],
    ['/start', 'start', ''],
    ['/start K7WQ2MPX4R', 'link', 'K7WQ2MPX4R'],
    ['/season', 'seasons', ''],
    ['/help\nplease', 'help', 'please'],
    ['/dance', 'unknown', ''],
    ['hello /rank', 'unknown', ''],
    ['/', 'unknown', ''],
    ['', 'unknown', ''],
    ['/constructor', 'unknown', ''],
  ])('%j is read as %s with %j', (text, command, argument) =>
    expect(parseBotText(text)).toEqual({ command, argument }),
  );

  test('gives at most 64 characters of what stands after the command', () =>
    expect([...parseBotText(`/link ${'😀'.repeat(100)}`).argument]).toHaveLength(64));
});
