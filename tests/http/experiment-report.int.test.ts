import { afterAll, beforeAll, expect, test } from 'vitest';
import { experimentReportResponse } from '../../src/http/experiment-report.schema.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let admin: string;
let ops: string;
/** Where the read models have to be for all that was told. */
const positions: string[] = [];

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const asAdmin = (path: string, method: string, body: object) => node.call(path, { method, token: admin, body });
const report = (query = '', id = 'gates', token = ops) =>
  node.call(`/v1/experiments/${id}/report${query}`, { token, headers: { 'sandai-wait-for': positions.at(-1)! } });

const cohorts = [
  { cohort: 'control', share: 5_000 },
  { cohort: 'late', share: 5_000 },
];
const players: { cohort: string; spent: number; bought: number }[] = [];

beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  [admin, ops] = [cluster.operator('admin'), cluster.operator('ops')];
  await asAdmin('/v1/experiments/gates', 'PUT', { cohorts, control: 'control' });
  const started = await asAdmin('/v1/experiments/gates/start', 'POST', {});
  const after = { 'sandai-wait-for': started.headers.get('sandai-position')! };
  for (let number = 0; number < 24; number += 1) {
    const { token } = await node.signIn();
    const shown = await node.call('/v1/experiments/gates/assignment', { token, headers: after });
    const { cohort } = shown.body;
    const at = new Date().toISOString();
    const named = { experiment: 'gates', cohort };
    const events = [
      { name: 'level_done', at, measures: { spent: number, back: number % 2 }, ...named },
      ...Array.from({ length: number % 3 }, () => ({ name: 'bought', at, measures: { price: 5 } })),
    ];
    const told = await node.call('/v1/analytics/events', { token, key: newKey(), body: { events, sent_at: at } });
    expect(told.status).toBe(200);
    positions.push(told.headers.get('sandai-position')!);
    players.push({ cohort, spent: number, bought: number % 3 });
  }
  // each position is of its own event only: all of them are reached before a test begins
  for (const position of positions)
    await node.call('/v1/experiments/gates/report', { token: ops, headers: { 'sandai-wait-for': position } });
});
afterAll(() => cluster.stop());

const mean = (cohort: string, of: 'spent' | 'bought', each = 1) => {
  const theirs = players.filter((player) => player.cohort === cohort);
  return theirs.reduce((sum, player) => sum + player[of] * each, 0) / theirs.length;
};

test('a report has each metric of the events that name the experiment, cohort by cohort', async () => {
  const { status, body } = await report();
  expect(status).toBe(200);
  expect(body).toMatchObject({ experiment: 'gates', control: 'control', players: 24, planned_players: 10_000 });
  const count = (cohort: string) => players.filter((each) => each.cohort === cohort).length;
  expect(body.cohorts).toEqual([
    { cohort: 'control', players: count('control'), planned: 12 },
    { cohort: 'late', players: count('late'), planned: 12 },
  ]);
  const [back, spent] = body.metrics;
  expect([back.metric, back.kind, spent.metric, spent.kind]).toEqual(['back', 'share', 'spent', 'mean']);
  expect(spent.cohorts.map(({ value }: { value: number }) => value)).toEqual([
    mean('control', 'spent'),
    mean('late', 'spent'),
  ]);
  expect(spent.comparisons[0].difference).toBeCloseTo(mean('late', 'spent') - mean('control', 'spent'), 12);
  expect(back.comparisons[0].bayesian.probability_better).toBeGreaterThan(0);
});

test('what is answered is what the document says, and nothing else', async () => {
  const metrics = 'spent,back:guardrail=0.1,bought:event=bought,nothing';
  for (const query of ['', `?metrics=${metrics}`]) {
    const { body } = await report(query);
    expect(experimentReportResponse.parse(body)).toEqual(body);
  }
});

test('a metric may be taken from events that name no experiment', async () => {
  const { body } = await report('?metrics=bought:event=bought,paid:event=bought:measure=price:within=60');
  const [bought, paid] = body.metrics;
  expect(bought.source).toEqual({ event: 'bought', measure: null, within_s: 604_800 });
  expect(bought.cohorts.map(({ value }: { value: number }) => value)).toEqual([
    mean('control', 'bought'),
    mean('late', 'bought'),
  ]);
  expect(paid.cohorts.map(({ value }: { value: number }) => value)).toEqual([
    mean('control', 'bought', 5),
    mean('late', 'bought', 5),
  ]);
  const sums = await node.call('/v1/analytics/cohorts?experiment=gates&event=bought', { token: ops });
  const averages = sums.body.cohorts.map((each: { sum: number; players: number }) => each.sum / each.players);
  expect(averages).toEqual(bought.cohorts.map(({ value }: { value: number }) => value));
});

test('what is asked for is what is compared', async () => {
  const { body } = await report('?metrics=spent:lower&control=late&planned_players=500');
  expect(body).toMatchObject({ control: 'late', planned_players: 500 });
  expect(body.metrics.map(({ metric, better }: Record<string, string>) => [metric, better])).toEqual([
    ['spent', 'lower'],
  ]);
  expect(body.metrics[0].comparisons.map(({ cohort }: { cohort: string }) => cohort)).toEqual(['control']);
});

test('many who ask at once are answered alike', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => report()));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test.each([
  ['of an experiment that is not there', '', 'nothing', [404, 'EXPERIMENT_NOT_FOUND']],
  ['of one that never ran', '', 'unborn', [404, 'EXPERIMENT_RUN_NOT_FOUND']],
  ['of a run that was not', '?run=2', 'gates', [404, 'EXPERIMENT_RUN_NOT_FOUND']],
  ['against a cohort that is not there', '?control=early', 'gates', [404, 'COHORT_NOT_FOUND']],
  ['of a metric that is none', '?metrics=7', 'gates', [400, 'VALIDATION_FAILED']],
  ['of one metric twice', '?metrics=back,back:lower', 'gates', [400, 'VALIDATION_FAILED']],
  ['of too many metrics', `?metrics=${new Array(17).fill('a').join(',')}`, 'gates', [400, 'VALIDATION_FAILED']],
  ['of too many comparisons', '?metrics=a,b,c', 'wide', [422, 'REPORT_TOO_LARGE']],
])('a report %s is refused', async (_, query, id, expected) => {
  await asAdmin('/v1/experiments/unborn', 'PUT', { cohorts, control: 'control' });
  const wide = Array.from({ length: 20 }, (_each, index) => ({ cohort: `c${index}`, share: 500 }));
  await asAdmin('/v1/experiments/wide', 'PUT', { cohorts: wide, control: 'c0' });
  await asAdmin('/v1/experiments/wide/start', 'POST', {});
  expect(codeOf(await report(query, id))).toEqual(expected);
});
