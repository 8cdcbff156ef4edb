import { describe, expect, test } from 'vitest';
import { reportPage } from '../../src/experiment-report/html/document.ts';
import { ticks } from '../../src/experiment-report/html/scale.ts';
import { reportJson } from '../../src/experiment-report/json.ts';
import { makeReport } from '../../src/experiment-report/make-report.ts';
import { terminalSections } from '../../src/experiment-report/terminal.ts';
import { shop } from './examples.ts';

const report = makeReport(shop());
const made = new Date('2026-02-01T00:00:00Z');

describe('the report at a terminal', () => {
  test('has the warnings before any number, and a section for each metric', () => {
    const [first, ...metrics] = terminalSections(report);
    expect(first?.lines).toEqual([
      'new <shop> & "friends": 20,040 players, control old',
      'WARNING  The guardrail crashed is broken in red.',
    ]);
    expect(metrics.map(({ lines }) => lines[0]?.split(' ').slice(0, 3).join(' '))).toEqual([
      'bought, a goal',
      'revenue, a goal',
      'crashed, a guardrail',
    ]);
    expect(metrics[0]?.rows[2]?.slice(0, 5)).toEqual(['blue', '6.79 %', '+1.79 pp', '+0.99 to +2.63 pp', '+35.8 %']);
  });

  test('has a cell for each column of a comparison', () => {
    for (const { rows } of terminalSections(report))
      for (const row of rows) expect([2, 3, rows[0]?.length]).toContain(row[2] === 'control' ? 3 : row.length);
  });

  test('names cohorts without an answer', () => {
    const sections = terminalSections(makeReport(shop([1, 0, 0])));
    expect(sections[1]?.rows[2]).toEqual(['blue', '', 'no answer']);
  });
});

describe('the report as JSON', () => {
  const json = JSON.parse(JSON.stringify(reportJson(report)));

  test('has the names of the façade, and the numbers in full', () => {
    expect(json.sample_ratio.degrees_of_freedom).toBe(2);
    expect(json.metrics[0].comparisons[0].bayesian.expected_loss.cohort).toBeGreaterThan(0);
    expect(json.metrics[0].comparisons[0].adjusted.benjamini_hochberg).toBeGreaterThan(0);
    expect(json.daily[0]).toEqual({ day: '2026-01-05', players: { old: 5000, blue: 2525, red: 2495 } });
  });

  test('keeps names of cohorts as they are, and has null for an end that there is none', () => {
    const input = shop();
    const renamed = input.cohorts.map((each) => ({
      ...each,
      cohort: each.cohort === 'blue' ? 'blueSky' : each.cohort,
      metrics: { bought: { successes: 0 } },
    }));
    const none = JSON.parse(JSON.stringify(reportJson(makeReport({ ...input, cohorts: renamed }))));
    expect(none.daily[0].players.blueSky).toBe(2525);
    expect(none.metrics[0].comparisons[0].sequential).toEqual({ p: 1, interval: { low: null, high: null } });
  });
});

describe('the report as a page', () => {
  const page = reportPage(report, made);

  test('needs nothing else: no script, no address', () => {
    expect(page).not.toMatch(/<script|\son\w+=|javascript:|url\(|@import|src=|href=/i);
    expect(page.replaceAll('http-equiv', '')).not.toMatch(/https?:/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('escapes every name', () => {
    const hostile = '"><img onerror=alert(1)>';
    const input = shop();
    const cohorts = input.cohorts.map((each) => (each.cohort === 'blue' ? { ...each, cohort: hostile } : each));
    const metrics = input.metrics.map((each) => ({
      ...each,
      metric: each.metric === 'revenue' ? "<b>'" : each.metric,
    }));
    const text = reportPage(makeReport({ ...input, experiment: hostile, cohorts, metrics }), made);
    expect(text).not.toContain('<img');
    expect(text).not.toContain("<b>'");
    expect(text).toContain('&#34;&#62;&#60;img onerror=alert(1)&#62;');
  });

  test('names and describes each plot, and has its numbers in a table', () => {
    const plots = [...page.matchAll(/<svg [^>]*aria-labelledby="(\S+) (\S+)"/g)];
    // daily traffic; six comparisons with intervals, four of them of shares with posteriors
    expect(plots).toHaveLength(1 + 6 + 4);
    for (const [, title, description] of plots) {
      expect(page).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`));
      expect(page).toMatch(new RegExp(`<desc id="${description}">[^<]+</desc>`));
    }
    expect(new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)).size).toBe(
      [...page.matchAll(/\sid="([^"]+)"/g)].length,
    );
    expect(page).toContain('+1.79 pp (+0.99 to +2.63 pp)');
    expect(page).toContain('2026-01-05');
  });

  test('draws no place that is no number, whatever the players', () => {
    for (const players of [
      [0, 0, 0],
      [1, 0, 5],
      [50, 50, 50],
      [10_000, 5_050, 4_500],
    ] as const) {
      const text = reportPage(makeReport(shop([...players])), made);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('says the gravest first, and marks it', () => {
    const text = reportPage(makeReport(shop([10_000, 5_050, 4_500])), made);
    expect(text.indexOf('notice grave')).toBeGreaterThan(0);
    expect(text.indexOf('notice grave')).toBeLessThan(text.indexOf('<section'));
    expect(page).not.toContain('notice grave');
  });

  test('has well-formed markup: each element is closed', () => {
    const open: string[] = [];
    for (const [, end, name = '', , empty] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>/gi)) {
      if (empty === '/' || name === 'meta') continue;
      if (end === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });
});

test('an axis has a few round numbers between its ends', () => {
  expect(ticks(-0.013, 0.002).map((tick) => tick.toFixed(4))).toEqual([
    '-0.0125',
    '-0.0100',
    '-0.0075',
    '-0.0050',
    '-0.0025',
    '0.0000',
  ]);
  expect(ticks(0, 620)).toEqual([0, 100, 200, 300, 400, 500, 600]);
});
