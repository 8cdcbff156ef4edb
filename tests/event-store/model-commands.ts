import fc from 'fast-check';

/** Streams by number; stream 0 is of a condition category. */
export const streamCount = 4;
export const keyCount = 3;
export const playerCount = 2;

export type Expectation = 'right' | 'too low' | 'too high' | 'any' | 'exists' | 'absent';

/** A command of the model; numbers stand for names that differ in each run.
 *  @property messages outbox messages of each event */
export type Command =
  | {
      readonly kind: 'append';
      readonly writes: readonly { stream: number; expectation: Expectation; events: number; messages: number }[];
      readonly condition: 'none' | 'right' | 'too low' | 'too high';
      readonly key: number | null;
      readonly expired: boolean;
      readonly player: number | null;
    }
  | { readonly kind: 'exclusive'; readonly stream: number; readonly key: number | null }
  | { readonly kind: 'read'; readonly stream: number };

const stream = fc.nat({ max: streamCount - 1 });
const key = fc.option(fc.nat({ max: keyCount - 1 }), { freq: 3, nil: null });
const often = <T>(value: T, ...others: T[]) => fc.constantFrom(value, value, value, ...others);

const write = fc.record({
  stream,
  expectation: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Expectation>('right') },
    { weight: 4, arbitrary: fc.constant<Expectation>('any') },
    { weight: 2, arbitrary: fc.constantFrom<Expectation>('too low', 'too high', 'exists', 'absent') },
  ),
  events: fc.integer({ min: 1, max: 3 }),
  messages: fc.nat({ max: 2 }),
});

const append = fc.record({
  kind: fc.constant('append' as const),
  writes: fc.uniqueArray(write, { minLength: 0, maxLength: 3, selector: (one) => one.stream }),
  condition: often<'none' | 'right' | 'too low' | 'too high'>('none', 'right', 'right', 'too low', 'too high'),
  key,
  expired: often(false, true),
  player: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.nat({ max: playerCount - 1 })),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: append },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exclusive' as const), stream, key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), stream }) },
);

/** Rounds one after another; the commands of a round at the same time. */
export const rounds = fc.array(fc.array(command, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 5 });
