import { describe, expect, test } from 'vitest';
import { deadLetter, type FileDeadLetter } from '../../src/aggregates/dead-letter.ts';
import { type DeadLetterEvent, deadLetterIdOf, sourceOf } from '../../src/events/dead-letter.ts';
import { specification } from './specification.ts';

const given = specification(deadLetter);
const deadLetterId = deadLetterIdOf('psp', 'evt_1');
const about = { deadLetterId };
const file: FileDeadLetter = { type: 'FileDeadLetter', ...about, reason: 'unparsable', attempts: 1, sealed: 'pd1.x' };
const filed: DeadLetterEvent = {
  type: 'DeadLetterFiled',
  data: { ...about, reason: 'unparsable', attempts: 1, sealed: 'pd1.x' },
};
const requested: DeadLetterEvent = { type: 'DeadLetterRetryRequested', data: about };
const failed = (attempts: number): DeadLetterEvent => ({
  type: 'DeadLetterRetryFailed',
  data: { ...about, reason: 'gone', attempts },
});
const resolved = (attempts: number): DeadLetterEvent => ({ type: 'DeadLetterResolved', data: { ...about, attempts } });
const discarded: DeadLetterEvent = { type: 'DeadLetterDiscarded', data: about };
const retry = { type: 'RetryDeadLetter', ...about } as const;
const fail = { type: 'RecordRetryFailure', ...about, reason: 'gone' } as const;
const resolve = { type: 'ResolveDeadLetter', ...about } as const;
const discard = { type: 'DiscardDeadLetter', ...about } as const;

describe('a dead letter', () => {
  test('is filed once, also after it was settled', () => {
    given().when(file).then(filed);
    given(filed, discarded).when(file).thenNothing();
  });

  test('is retried when it is open', () => {
    given(filed).when(retry).then(requested);
    given(filed, requested, failed(2)).when(retry).then(requested);
  });
  test('counts its retries, whatever becomes of them', () => {
    given(filed, requested).when(fail).then(failed(2));
    given(filed, requested).when(resolve).then(resolved(2));
    given(filed, requested, failed(2), requested).when(fail).then(failed(3));
    given(filed, requested, failed(2), requested).when(resolve).then(resolved(3));
  });
  test('is discarded when it is open', () => {
    given(filed).when(discard).then(discarded);
    given(filed, requested, failed(2)).when(discard).then(discarded);
  });

  test('takes no answer that nobody waits for', () => {
    given(filed).when(fail).thenNothing();
    given(filed).when(resolve).thenNothing();
    given(filed, requested, resolved(2)).when(fail).thenNothing();
    given(filed, discarded).when(resolve).thenNothing();
  });
  test('is not discarded in the middle of a retry', () =>
    given(filed, requested).when(discard).thenRejects('DEAD_LETTER_RETRYING'));
  test('stays settled', () => {
    given(filed, requested, resolved(2)).when(retry).thenRejects('DEAD_LETTER_SETTLED');
    given(filed, requested, resolved(2)).when(discard).thenRejects('DEAD_LETTER_SETTLED');
    given(filed, discarded).when(retry).thenRejects('DEAD_LETTER_SETTLED');
  });
  test('must exist', () => {
    for (const command of [retry, fail, resolve, discard]) given().when(command).thenRejects('DEAD_LETTER_NOT_FOUND');
  });
  test('that was never filed is left alone by its other events', () =>
    given(requested).when(retry).thenRejects('DEAD_LETTER_NOT_FOUND'));

  test('is called by its source and what it is about', () => {
    expect(sourceOf(deadLetterId)).toBe('psp');
    expect(() => deadLetterIdOf('psp', 'a.b')).toThrow('cannot be the id');
    expect(() => deadLetterIdOf('PSP', 'a')).toThrow('cannot be the id');
  });
});
