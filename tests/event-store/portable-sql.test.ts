import { expect, test } from 'vitest';
import { brokenRules, portabilityRules } from '../support/portable-sql.ts';
import { sourceTexts, textsOfTypeScript } from '../support/sql-texts.ts';

const rulesBrokenBy = (source: string): string[] =>
  textsOfTypeScript('planted.ts', source)
    .flatMap(brokenRules)
    .map((problem) => problem.slice('planted.ts:1: '.length));

const all = sourceTexts(['src', 'migrations']);

test('all SQL runs on PostgreSQL and CockroachDB; where they differ, dialect.ts knows', () => {
  const texts = all.filter(({ file }) => !file.endsWith('/dialect.ts'));
  expect(texts.filter(({ file }) => file.endsWith('.sql')).length).toBeGreaterThanOrEqual(2);
  expect(texts.filter(({ text }) => /\bselect\b[\s\S]*\bfrom\b/i.test(text)).length).toBeGreaterThan(20);
  expect(texts.flatMap(brokenRules)).toEqual([]);
});

test('dialect.ts is the one exception', () => {
  const files = new Set(all.map(({ file }) => file));
  expect([...files].filter((file) => file.endsWith('/dialect.ts'))).toEqual(['src/event-store/sql/dialect.ts']);
});

const planted: readonly (readonly [string, readonly string[]])[] = [
  [
    'PL/pgSQL and functions',
    [
      'do $$ begin end $$',
      'create or replace function f() returns int language sql as $$ select 1 $$',
      'create procedure p() language plpgsql as $$ begin end $$',
    ],
  ],
  [
    'triggers',
    [
      'create trigger t before update on events for each row execute function f()',
      'create constraint trigger t after insert on events',
    ],
  ],
  [
    'LISTEN and NOTIFY',
    [
      'listen commits',
      'NOTIFY commits',
      "select pg_notify('a', 'b')",
      'insert into x (a) values (1::int); notify commits',
    ],
  ],
  ['advisory locks', ['select pg_advisory_xact_lock(7::bigint)', 'select pg_try_advisory_lock(1::bigint)']],
  [
    'sequences',
    [
      'create table t (id bigserial primary key)',
      'CREATE TABLE t (id SERIAL)',
      "select nextval('s')",
      'create sequence s',
      'create table t (id int generated always as identity)',
    ],
  ],
  ['SKIP LOCKED', ['select 1 from jobs order by id limit 1 for update skip locked']],
  [
    'transaction ids and snapshots',
    [
      'select txid_current()',
      'select pg_current_xact_id()',
      'select xmin from events',
      'select pg_snapshot_xmin(pg_current_snapshot())',
    ],
  ],
  [
    'temporary tables',
    ['create temp table t (a int)', 'CREATE TEMPORARY TABLE t (a int)', 'select 1 into temp t from events'],
  ],
  ['COPY', ['copy events from stdin', 'COPY events (a, b) TO STDOUT (format csv)']],
  [
    'ON CONFLICT without a target',
    ['insert into t (a) values (1) on conflict do nothing', 'insert into t (a) values (1) ON  CONFLICT\n DO NOTHING'],
  ],
  ['division', ['select position / 2 from events', 'update t set a = a/1000']],
  ['parameters without a type', ['select a from t where b = $1', 'insert into t (a, b) values ($1::int, $12)']],
  [
    'a table changed twice in a statement',
    [
      'with a as (update t set x = 1 returning 1) insert into t (x) values (1)',
      'with a as (insert into t (x) values (1) returning 1), b as (delete from T where x = 2) select 1',
    ],
  ],
];

test.each(planted)('%s: planted violations are found', (rule, statements) => {
  for (const statement of statements) {
    expect(rulesBrokenBy(JSON.stringify(statement)), statement).toContain(rule);
    expect(rulesBrokenBy(`const q = \`${statement.replaceAll('$', '\\$')}\`;`), statement).toContain(rule);
    expect(brokenRules({ file: 'planted.sql', line: 1, text: statement }), statement).toContain(
      `planted.sql:1: ${rule}`,
    );
  }
});

test('every rule has its planted violations', () => {
  expect(planted.map(([rule]) => rule)).toEqual(portabilityRules.map(({ name }) => name));
});

test.each([
  '// a SKIP LOCKED queue, pg_advisory_lock and LISTEN are absent on CockroachDB\nconst a = 1;',
  '/** select pg_advisory_lock(1) from nowhere; on conflict do nothing */ export {};',
  'const sql = `select a -- position / 2, skip locked\n from t /* create temp table x */ where b = $1::text`;',
  "const sql = 'insert into notes (text) values (\\'a / b; listen x; on conflict do nothing\\')';",
  "const url = 'https://example.com/a/b?select=1';",
  "const message = 'Copy the key from the file to the other machine; listen to nobody';",
  "const advice = 'Set Content-Type to application/json.';",
  'const sql = `insert into t (a) values ($1::int) on conflict (a) do update set a = excluded.a`;',
  'const sql = `with l as (select 1 from t for update) update t set a = 1 where a in (select a from l)`;',
  ['const sql = `update $', '{table} set a = 1; update $', '{table} set b = 2`;'].join(''),
])('what is no violation passes: %s', (source) => {
  expect(rulesBrokenBy(source)).toEqual([]);
});
