import { randomUUID } from 'node:crypto';
import { at, experiment, keep, nothing, type Operation, takeOf, upTo } from './model.ts';

/** Ten things that a player did, as a client tells them. */
const batch = () =>
  Array.from({ length: 10 }, (_, index) => ({
    event_id: randomUUID(),
    name: `step_${upTo(5)}`,
    at: new Date(Date.now() - index * 1_000).toISOString(),
    measures: { seconds: upTo(100) },
    experiment,
    cohort: 'plain',
  }));

const report = (name: string, query = ''): Operation => ({ name, weight: 0.3, as: 'ops', ask: () => ({ query }) });

/** What clients tell of players, and what analysts make of it. */
export const analysing: readonly Operation[] = [
  { name: 'POST /v1/analytics/events', weight: 8, ask: () => ({ body: { events: batch() } }) },
  { name: 'GET /v1/players/{player_id}/events', weight: 1, ask: ({ id }) => at({ player_id: id }) },
  { name: 'GET /v1/players/{player_id}/play-sessions', weight: 1, ask: ({ id }) => at({ player_id: id }) },
  { name: 'GET /v1/players/{player_id}/exposures', weight: 1, ask: ({ id }) => at({ player_id: id }) },
  report('GET /v1/analytics/events', 'name=step_1'),
  report('GET /v1/analytics/events/counts'),
  report('GET /v1/analytics/activity'),
  report('GET /v1/analytics/retention'),
  report('GET /v1/analytics/funnel', 'steps=step_0,step_1,step_2'),
  report('GET /v1/analytics/cohorts', `experiment=${experiment}&event=step_1`),
  report('GET /v1/analytics/revenue'),
  report('GET /v1/analytics/economy'),
];

type Letter = { readonly dead_letter_id: string; readonly state: string };
const settle = (action: 'retry' | 'discard'): Operation => ({
  name: `POST /v1/dead-letters/{dead_letter_id}/${action}`,
  weight: 0.3,
  as: 'ops',
  ask: (_player, { deadLetters }) => at({ dead_letter_id: takeOf(deadLetters) }),
  refusals: { DEAD_LETTER_SETTLED: nothing, DEAD_LETTER_RETRYING: nothing },
});

/** What operators and machines look at. */
export const operating: readonly Operation[] = [
  { name: 'GET /v1/audit', weight: 0.5, as: 'admin' },
  {
    name: 'GET /v1/dead-letters',
    weight: 0.5,
    as: 'ops',
    ask: () => ({ query: 'state=open' }),
    learn: ({ items }: { items: Letter[] }, _player, { deadLetters }) =>
      keep(
        deadLetters,
        items.map(({ dead_letter_id }) => dead_letter_id).filter((id) => !deadLetters.includes(id)),
      ),
  },
  {
    name: 'GET /v1/dead-letters/{dead_letter_id}',
    weight: 0.3,
    as: 'ops',
    ask: (_player, { deadLetters }) => at({ dead_letter_id: deadLetters[0] }),
  },
  settle('retry'),
  settle('discard'),
  { name: 'GET /healthz', weight: 0.5, as: 'nobody' },
  { name: 'GET /readyz', weight: 0.3, as: 'nobody' },
  { name: 'GET /metrics', weight: 0.3, as: 'nobody' },
];
