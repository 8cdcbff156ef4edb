import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamId } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { openDuckDb } from '../../src/replay/duckdb.ts';
import { exportEvents } from '../../src/replay/export.ts';
import { logHash } from '../../src/replay/log-hash.ts';
import { opened, player, scored, spring, tenant, withdrawn } from '../processors/log-under-test.ts';
import { runCommand } from './run-command.ts';
import { type ReplayUnderTest, replayUnderTest } from './support.ts';

let here: ReplayUnderTest;
let middle: string;
beforeAll(async () => {
  here = await replayUnderTest();
  await here.appendSeason(opened());
  for (let who = 1; who <= 6; who += 1) await here.appendEntry(who, scored(who, who * 10));
  const [last] = (await here.appendEntry(7, scored(7, 70))).events;
  middle = `${last!.partition}-${last!.position}`;
  await here.appendEntry(1, scored(1, 99), scored(1, 100));
  await here.appendEntry(2, withdrawn(2));
  await here.append('oddity-default_1' as StreamId, [{ type: 'FromAnotherBuild', data: { odd: true } }]);
});
afterAll(() => here.close());

const sandai = (...args: string[]) => runCommand(here, args);
const file = (name: string) => join(here.directory, name);
const rowsOf = async (query: string) => {
  const duck = await openDuckDb();
  try {
    return (await duck.rows(query)).rows;
  } finally {
    duck.close();
  }
};

describe('sandai replay', () => {
  test.each(['parquet', 'csv', 'jsonl'])(
    'writes a directory of %s files, and says what they are as of',
    async (format) => {
      const { lines, failed } = await sandai(
        'replay',
        'leaderboards',
        '--as-of',
        middle,
        '--out',
        file(format),
        '--format',
        format,
      );
      expect(failed).toBeNull();
      expect(lines[1]).toContain('leaderboard_entries: 7 rows');
      expect(readdirSync(file(format)).sort()).toEqual([
        `leaderboard_entries.${format}`,
        `leaderboard_seasons.${format}`,
        'manifest.json',
      ]);
      const rows = await rowsOf(`select score from '${file(format)}/leaderboard_entries.${format}' order by score`);
      expect(rows.map(([score]) => Number(score))).toEqual([10, 20, 30, 40, 50, 60, 70]);
      const manifest = JSON.parse(readFileSync(join(file(format), 'manifest.json'), 'utf8'));
      const again = await sandai(
        'replay',
        'leaderboards',
        '--as-of',
        manifest.position,
        '--out',
        file(`again-${format}`),
      );
      expect(again.lines[0]).toBe(`leaderboards as of ${manifest.as_of}`);
    },
  );

  test('writes a DuckDB file, one file, or a new schema; rows that meet a condition, of one tenant', async () => {
    expect((await sandai('replay', 'leaderboards', '--out', file('all.duckdb'))).failed).toBeNull();
    expect(
      (await sandai('query', 'select max(score) as best from leaderboard_entries', file('all.duckdb'))).lines,
    ).toEqual(['best', '100']);
    const one = ['--table', 'leaderboard_entries', '--where', 'score >= 60'];
    expect((await sandai('replay', 'leaderboards', ...one, '--out', file('one.csv'))).lines[1]).toContain('3 rows');
    expect((await sandai('replay', 'leaderboards', ...one, '--out', 'postgres:best_of_spring')).failed).toBeNull();
    expect(await here.query('select score from best_of_spring.leaderboard_entries order by score')).toEqual(
      ['60', '70', '100'].map((score) => ({ score })),
    );
    expect(
      (await here.query(`select table_name from information_schema.tables where table_schema = 'best_of_spring'`))
        .length,
    ).toBe(1);
    const other = await sandai('replay', 'leaderboards', '--tenant', 'acme', '--out', file('acme'));
    expect(other.lines[1]).toContain('0 rows');
    await here.query('drop schema best_of_spring cascade');
  });

  test.each([
    [['--out', 'x.docx'], 'Files end with .duckdb'],
    [['--out', 'postgres:Public'], 'Name a new schema'],
    [['--out', 'x.csv'], 'choose one with --table'],
    [['--out', 'dir', '--format', 'xml'], '--format must be one of'],
    [['--out', 'dir', '--table', 'nothing'], 'has no table nothing; it has leaderboard_entries'],
    [['--out', 'dir', '--where', 'scor > 1', '--table', 'leaderboard_entries'], 'Its columns are tenant, season'],
    [['--out', 'dir', '--where', 'true; drop table events'], 'without a semicolon'],
    [['--out', 'dir', '--as-of', 'noon'], '"noon" is no moment'],
  ])('says what is wrong with %s, and writes nothing', async (args, message) => {
    const at = args.map((each) => (each === 'dir' || /^x\./.test(each) ? file(`bad-${each}`) : each));
    expect((await sandai('replay', 'leaderboards', ...at)).failed).toContain(message);
    expect(readdirSync(here.directory).filter((name) => name.includes('bad-'))).toEqual([]);
  });
});

describe('sandai stream show', () => {
  test('tells what each event did to the state', async () => {
    const stream = leaderboardEntryStream(tenant, spring, player(1));
    const { lines } = await sandai('stream', 'show', stream);
    expect(lines.filter((line) => line.includes('standing.score'))).toEqual([
      '      ~ standing.score: 10 → 99',
      '      ~ standing.score: 99 → 100',
    ]);
    const [first, ...more] = (await sandai('stream', 'show', stream, '--as-of', middle, '--json')).lines;
    expect([JSON.parse(first!).state.standing.score, more]).toEqual([10, []]);
  });

  test('shows events that this build does not know, and says when there is no such stream', async () => {
    expect((await sandai('stream', 'show', 'oddity-default_1')).lines.join()).toContain('does not know the type');
    expect((await sandai('stream', 'show', 'season-default_winter')).failed).toContain('There is no stream');
  });
});

describe('sandai events export', () => {
  test('writes what was asked for, with a line to go on from', async () => {
    const { lines, notes, failed } = await sandai('events', 'export', '--out', file('all.parquet'));
    expect([failed, lines[0]?.startsWith('12 events up to')]).toEqual([null, true]);
    expect(notes.join()).toContain('Up to now is --to');
    expect(existsSync(`${file('all.parquet')}.parts`)).toBe(false);
    const later = await sandai(
      'events',
      'export',
      '--from',
      middle,
      '--type',
      'LeaderboardUpdated',
      '--out',
      file('later.csv'),
      '--json',
    );
    expect(JSON.parse(later.lines[0]!).events).toBe(2);
    const counted = await sandai(
      'query',
      'select type, count(*) as events from "all" group by 1 order by 2 desc limit 1',
      file('all.parquet'),
      '--json',
    );
    expect(JSON.parse(counted.lines[0]!)).toEqual({ type: 'LeaderboardUpdated', events: 9 });
    expect((await sandai('events', 'export', '--out', file('all.parquet'))).failed).toContain('exists');
    const none = await sandai('events', 'export', '--from', 'now', '--out', file('none.parquet'));
    expect(none.lines[0]).toContain('0 events');
    const columns = await rowsOf(
      `select column_name, column_type from (describe select * from '${file('none.parquet')}')`,
    );
    expect(columns).toContainEqual(['position', 'BIGINT']);
  });

  test('goes on after an interruption, and refuses the parts of another export', async () => {
    const to = await here.log.positions();
    const options = {
      logId: here.log.info.logId,
      from: new Map(),
      to,
      path: file('parts.parquet'),
      format: 'parquet',
      partPositions: 1,
    } as const;
    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error('enough'));
    await expect(exportEvents(here.database, { ...options, signal: abort.signal, onProgress })).rejects.toThrow(
      'enough',
    );
    await expect(exportEvents(here.database, { ...options, tenant: 'acme' })).rejects.toThrow(
      'parts of an export with other options',
    );
    expect(await exportEvents(here.database, options)).toBe(12);
  });

  test('holds all that the log holds: taken in by another database, both have one hash', async () => {
    const to = await here.log.positions();
    await exportEvents(here.database, {
      logId: here.log.info.logId,
      from: new Map(),
      to,
      path: file('whole.jsonl'),
      format: 'jsonl',
    });
    const other = await replayUnderTest();
    try {
      for (const line of readFileSync(file('whole.jsonl'), 'utf8').trim().split('\n')) {
        const event = JSON.parse(line) as Record<string, unknown>;
        const columns = Object.keys(event);
        const values = columns.map((column) =>
          typeof event[column] === 'object' ? JSON.stringify(event[column]) : event[column],
        );
        await other.query(
          `insert into events (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
          values,
        );
      }
      expect(await logHash(other.log, to)).toBe(await logHash(here.log, to));
      await other.query(`update events set data = '{}' where type = 'SeasonOpened'`);
      expect(await logHash(other.log, to)).not.toBe(await logHash(here.log, to));
    } finally {
      await other.close();
    }
  });
});

describe('sandai query', () => {
  test('reaches no other file, and names its tables when the query is wrong', async () => {
    await sandai('events', 'export', '--out', file('secret.csv'));
    await sandai('events', 'export', '--out', file('open.csv'));
    const reached = await sandai('query', `select * from read_csv('${file('secret.csv')}')`, file('open.csv'));
    expect([reached.lines, reached.failed?.includes('Tables: open.')]).toEqual([[], true]);
    expect((await sandai('query', 'select 1', file('nowhere.csv'))).failed).toContain('There is no');
  });
});

describe('sandai projections diff', () => {
  test('shows the rows that changed, and refuses one moment alone', async () => {
    const { lines } = await sandai('projections', 'diff', 'leaderboards', '--as-of', middle, '--as-of', 'now');
    expect(lines[1]).toBe('leaderboard_entries: 0 added, 0 removed, 2 changed');
    expect(lines.slice(2, 4).map((line) => /score: (\S+ → [^,]+)/.exec(line)?.[1])).toEqual(['10 → 100', '20 → null']);
    expect((await sandai('projections', 'diff', 'leaderboards', '--as-of', 'now')).failed).toContain('twice');
    const same = await sandai('projections', 'diff', 'leaderboards', '--as-of', 'now', '--as-of', 'now', '--json');
    expect(JSON.parse(same.lines.join('\n')).tables[0]).toMatchObject({ added: 0, removed: 0, changed: 0 });
  });
});

describe('sandai projections what-if', () => {
  const tried = async (text: string, ...args: string[]) => {
    writeFileSync(file('tried.ts'), text);
    return sandai('projections', 'what-if', '--module', file('tried.ts'), ...args);
  };
  const byPlayer = `
    type Counted = { scores: number; best: number };
    export default {
      name: 'scores_by_player',
      tables: { players: { key: ['player'], columns: { player: 'text', scores: 'bigint', best: 'bigint' } } },
      on: {
        LeaderboardUpdated(event: any, rows: any) {
          const { playerId: player, attempt } = event.data;
          const { scores, best }: Counted = rows.players.get({ player }) ?? { scores: 0, best: 0 };
          rows.players.set({ player, scores: scores + 1, best: Math.max(best, attempt.score) });
        },
      },
    };`;

  test('runs a module over the log as of a moment, and writes its rows', async () => {
    const shown = await tried(byPlayer, '--json');
    expect(JSON.parse(shown.lines.join('\n')).players[0]).toEqual({ player: player(1), scores: 3, best: 100 });
    const then = await tried(byPlayer, '--as-of', middle, '--out', file('tried.csv'));
    expect([then.failed, then.lines]).toEqual([null, [`players: 7 rows in ${file('tried.csv')}`]]);
    expect((await rowsOf(`select scores from '${file('tried.csv')}'`)).map(([count]) => Number(count))).toEqual(
      Array(7).fill(1),
    );
  });

  test.each([
    ['export default { name: "x" };', 'tables: '],
    ['export default (', 'cannot be read'],
    [byPlayer.replace("key: ['player']", "key: ['nobody']"), 'has no column nobody'],
    [
      byPlayer.replace('const { playerId', 'throw new Error("not today"); const { playerId'),
      'fails at LeaderboardUpdated, partition',
    ],
    [byPlayer.replace('best: Math', 'bst: Math'), 'table players has no column bst'],
  ])('says what is wrong with a module', async (text, message) => {
    expect((await tried(text)).failed).toContain(message);
  });

  test('ends before the rows fill the memory', async () => {
    expect((await tried(byPlayer, '--max-rows', '3')).failed).toContain('holds more than 3 rows');
  });
});
