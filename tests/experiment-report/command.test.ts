import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { experimentsCommand } from '../../src/cli/experiments.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandai-experiments-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(...args: string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const program = new Command('sandai').exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  experimentsCommand(program, {
    settings: () => {
      throw new Error('no settings are needed');
    },
    out: (line) => lines.push(line),
    note: (line) => notes.push(line),
  });
  for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride();
  await program.parseAsync(['experiments', ...args], { from: 'user' });
  return { lines, notes, json: () => JSON.parse(lines.join('\n')) };
}

function file(name: string, text: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** 200 players of each cohort: 60 and 90 came back; rounds 0 to 9. */
const rows = Array.from({ length: 400 }, (_, index) => {
  const second = index >= 200;
  const place = index % 200;
  return `${index},${second ? 'b' : 'a'},${place < (second ? 90 : 60) ? 'True' : 'False'},${index % 10}`;
});
const csv = ['userid,version,back,rounds', ...rows].join('\n');

describe('sandai experiments report --csv', () => {
  test('shows a table for each metric', async () => {
    const { lines } = await run('report', 'gates', '--csv', file('rows.csv', csv));
    expect(lines[0]).toBe('gates: 400 players, control a');
    expect(lines).toContainEqual(expect.stringMatching(/^a +200 +50\.00 % +50\.00 % +1$/));
    expect(lines).toContainEqual(expect.stringMatching(/^b +45\.00 % +\+15\.00 pp .* BETTER$/));
    expect(lines).toContainEqual(expect.stringMatching(/^b +4\.50 +±0\.00 .* UNCLEAR$/));
  });

  test('prints JSON, of packed files too, and of the metrics asked for only', async () => {
    const packed = file('rows.csv.gz', gzipSync(csv));
    const { json } = await run(
      'report',
      'gates',
      '--csv',
      packed,
      '--json',
      '--control',
      'b',
      '--metric',
      'back:lower',
    );
    expect(json()).toMatchObject({
      control: 'b',
      metrics: [{ metric: 'back', kind: 'share', better: 'lower', comparisons: [{ cohort: 'a', verdict: 'better' }] }],
    });
  });

  test('writes a page', async () => {
    const html = join(directory, 'report.html');
    const { lines, notes } = await run('report', 'gates', '--csv', file('rows.csv', csv), '--html', html);
    expect(readFileSync(html, 'utf8')).toContain('<title>Experiment gates</title>');
    expect([lines, notes]).toEqual([[], [`Written to ${html}.`]]);
  });

  test('reads other columns, and guardrails', async () => {
    const other = file('other.csv', csv.replace('userid,version', 'player,group'));
    const columns = ['--player-column', 'player', '--cohort-column', 'group'];
    const { json } = await run('report', 'g', '--csv', other, ...columns, '--json', '--metric', 'rounds:guardrail=1');
    expect(json().metrics[0]).toMatchObject({ role: 'guardrail', comparisons: [{ guardrail: { verdict: 'holds' } }] });
  });

  test('takes the plan that the always valid interval is made for', async () => {
    const path = file('rows.csv', csv);
    const planned = async (...args: string[]) => (await run('report', 'g', '--csv', path, '--json', ...args)).json();
    const own = await planned('--planned-players', '400');
    expect([(await planned()).planned_players, own.planned_players]).toEqual([10_000, 400]);
    const pOf = (report: typeof own) => report.metrics[0].comparisons[0].sequential.p;
    expect(pOf(own)).toBeLessThan(pOf(await planned()));
  });

  test.each([
    {
      what: 'no such column',
      text: 'id,version,back\n1,a,1',
      says: /has no column userid.*There are id, version, back/,
    },
    { what: 'no number', text: 'userid,version,back\n1,a,1\n2,b,soon', says: /line 3: back is "soon"/ },
    { what: 'an empty cell', text: 'userid,version,back\n1,a,', says: /line 2: back is ""/ },
    { what: 'no cohort', text: 'userid,version,back\n1,,1', says: /line 2: version is empty/ },
    { what: 'a player twice', text: 'userid,version,back\n1,a,1\n1,b,1', says: /player 1 is there twice/ },
    { what: 'one cohort', text: 'userid,version,back\n1,a,1', says: /has 1 cohorts/ },
    { what: 'a row of another length', text: 'userid,version,back\n1,a', says: /Invalid Record Length.*line 2/ },
    { what: 'bytes that are not packed', text: csv, name: 'rows.csv.gz', says: /incorrect header/ },
  ])('refuses $what, and says where', async ({ text, says, name = 'rows.csv' }) => {
    await expect(run('report', 'gates', '--csv', file(name, text))).rejects.toThrow(says);
  });

  test('refuses a file that is not there, a control that is none, and metrics it cannot read', async () => {
    const path = file('rows.csv', csv);
    await expect(run('report', 'g', '--csv', join(directory, 'none.csv'))).rejects.toThrow(/none\.csv.*ENOENT/);
    await expect(run('report', 'g', '--csv', path, '--control', 'c')).rejects.toThrow(/There are a, b\./);
    await expect(run('report', 'g', '--csv', path, '--metric', 'back:guardrail=0')).rejects.toThrow(/margin above 0/);
    await expect(run('report', 'g', '--csv', path, '--metric', 'back', '--metric', 'back:lower')).rejects.toThrow(
      /back is asked for twice/,
    );
    await expect(run('report', 'g', '--csv', path, '--metric', ':share')).rejects.toThrow(/name of a metric/);
    await expect(run('report', 'g', '--csv', path, '--json', '--html', 'x')).rejects.toThrow(/cannot be used with/);
  });
});

describe('sandai experiments plan', () => {
  /** R's documentation of power.prop.test: n = 76.7. */
  test('says how many players a share or a mean needs', async () => {
    const share = await run('plan', '--baseline', '0.5', '--effect', '0.25', '--power', '0.9');
    expect(share.lines).toEqual([
      '77 players in each cohort: a difference of 0.25 is found in 90 % of the experiments.',
    ]);
    const rounded = await run('plan', '--baseline', '0.5', '--effect', '0.25', '--power', '0.55');
    expect(rounded.lines[0]).toMatch(/ in 55 % of the experiments\.$/);
    const mean = await run('plan', '--deviation', '195', '--effect', '-5');
    expect(mean.lines[0]).toMatch(/^23,878 players in each cohort/);
  });

  test('says how often so many players find a difference', async () => {
    const { lines } = await run('plan', '--baseline', '0.5', '--effect', '0.25', '--players', '50');
    // in R's help: power.prop.test(n = 50, p1 = .50, p2 = .75) ## => power = 0.740
    expect(lines).toEqual(['50 players in each cohort find a difference of 0.25 in 74 % of the experiments.']);
  });

  test('refuses what cannot be planned', async () => {
    await expect(run('plan', '--effect', '0.1')).rejects.toThrow(/--baseline.*--deviation/);
    await expect(run('plan', '--baseline', '0.9', '--effect', '0.2')).rejects.toThrow(/share of treatment is 1\.1/);
    await expect(run('plan', '--baseline', '0.9', '--effect', '0')).rejects.toThrow(/effect is 0/);
    await expect(run('plan', '--baseline', 'x', '--effect', '1')).rejects.toThrow(/Give a number/);
  });
});

const cookieCats = fileURLToPath(new URL('../../../shared/data/cookie_cats.csv.gz', import.meta.url));

/** A real test of where a gate stands in a puzzle game, of 90,189 players. */
test.runIf(existsSync(cookieCats))('the report of Cookie Cats has the known numbers', async () => {
  const report = (await run('report', 'gates', '--csv', cookieCats, '--json')).json();
  expect(report.cohorts.map(({ players }: { players: number }) => players)).toEqual([44_700, 45_489]);
  expect(report.sample_ratio.p).toBeCloseTo(0.0086, 4);
  expect(report.sample_ratio.verdict).toBe('suspicious');
  expect(report.warnings[0]).toContain('p = 0.0086');
  const [, first, seventh] = report.metrics;
  const percent = (metric: typeof first) =>
    metric.cohorts.map(({ value }: { value: number }) => (value * 100).toFixed(2));
  expect([first.metric, ...percent(first)]).toEqual(['retention_1', '44.82', '44.23']);
  expect(first.comparisons[0].test.p).toBeCloseTo(0.074, 3);
  expect([seventh.metric, ...percent(seventh)]).toEqual(['retention_7', '19.02', '18.20']);
  expect(seventh.comparisons[0].test.value).toBeCloseTo(-3.16, 2);
  expect(seventh.comparisons[0].test.p).toBeCloseTo(0.0016, 4);
  expect(seventh.comparisons[0]).toMatchObject({ verdict: 'worse' });
});
