import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { BadInput, readMatches } from '../../demo/matches.ts';
import { deviceIdOf } from '../../demo/play.ts';
import { seasonOf } from '../../demo/run.ts';

const directory = mkdtempSync(join(tmpdir(), 'sandai-matches-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const header = 'winner_id,winner_name,loser_id,loser_name';
const file = (name: string, content: string | Buffer) => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};
const problemOf = (path: string) => {
  try {
    readMatches(path);
  } catch (error) {
    if (error instanceof BadInput) return error.message.replace(directory, '');
    throw error;
  }
  throw new Error('the file was accepted');
};

test('reads the four columns wherever they stand, from plain and gzipped files alike', () => {
  const text =
    '﻿surface,loser_id,loser_name,winner_id,winner_name\r\nClay,2,"Bo, Jr",1,Ada\r\n\r\nGrass,1,Ada,2,"Bo, Jr"\r\n';
  const wanted = [
    { winnerId: '1', winnerName: 'Ada', loserId: '2', loserName: 'Bo, Jr' },
    { winnerId: '2', winnerName: 'Bo, Jr', loserId: '1', loserName: 'Ada' },
  ];
  expect(readMatches(file('plain.csv', text))).toEqual(wanted);
  expect(readMatches(file('zipped.csv.gz', gzipSync(text)))).toEqual(wanted);
});

test.each([
  ['none.csv', null, /there is no such file/],
  ['empty.csv', '\n', /is empty/],
  ['header.csv', `${header}\n`, /no matches/],
  ['columns.csv', 'a,winner_id\n1,2\n', /lacks the columns winner_name, loser_id, loser_name/],
  ['short.csv', `${header}\n1,A,2,B\n3,C\n`, /line 3/],
  ['blank.csv', `${header}\n1,A,2,B\n3,C,,D\n`, /line 3: loser_id is empty/],
  ['self.csv', `${header}\n1,A,1,A\n`, /line 2: winner and loser are the same player, 1/],
  ['quote.csv', `${header}\n1,"A,2,B\n`, /Quote Not Closed/],
  ['plain.csv.gz', `${header}\n1,A,2,B\n`, /not gzip data/],
  ['cut.csv.gz', gzipSync(`${header}\n1,A,2,B\n`).subarray(0, 30), /damaged gzip data/],
  ['latin.csv', Buffer.from(`${header}\n1,Jos\xe9,2,B\n`, 'latin1'), /not UTF-8/],
])('says in one line what is wrong with %s', (name, content, problem) => {
  const path = content === null ? join(directory, name) : file(name, content);
  expect(problemOf(path)).toMatch(problem);
  expect(problemOf(path)).not.toContain('\n');
});

test('a device id has 10 to 128 visible bytes for every id, and different ids give different ones', () => {
  const ids = ['1', 'a b', 'a_b', 'é', 'x'.repeat(500), `${'x'.repeat(500)}y`];
  const devices = ids.map(deviceIdOf);
  for (const device of devices) expect(device).toMatch(/^[!-~]{10,128}$/);
  expect(new Set(devices).size).toBe(ids.length);
});

test('a season is named as the file, as far as season names go', () => {
  expect(seasonOf('/data/atp_matches_2022.csv.gz')).toBe('atp_matches_2022.csv.gz');
  expect(seasonOf(`my season ${'x'.repeat(80)}`)).toMatch(/^my-season-x{54}$/);
});
