import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import type { Match } from './elo.ts';

const columns = ['winner_id', 'winner_name', 'loser_id', 'loser_name'] as const;

/** A file that cannot be played; the message is one line that says why. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BadInput(`${path}: there is no such file.`);
    if (code === 'EISDIR') throw new BadInput(`${path} is a directory: name a CSV file in it.`);
    throw new BadInput(`${path} cannot be read (${code}).`);
  }
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!zipped && path.endsWith('.gz')) throw new BadInput(`${path} ends with .gz and is not gzip data.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(zipped ? gunzipSync(bytes) : bytes);
  } catch (error) {
    const what = error instanceof TypeError ? 'is not UTF-8 text' : 'is damaged gzip data';
    throw new BadInput(`${path} ${what}.`);
  }
}

/** Reads a CSV file of finished matches, gzipped or not; columns beyond those of winner and loser are left out.
 *  @throws BadInput naming the first thing that is wrong */
export function readMatches(path: string): readonly Match[] {
  const text = textOf(path);
  if (text.trim() === '') throw new BadInput(`${path} is empty.`);
  let rows: { readonly info: { readonly lines: number }; readonly record: Record<string, string> }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => headerOf(path, names),
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof CsvError) throw new BadInput(`${path}: ${error.message}.`);
    throw error;
  }
  if (rows.length === 0) throw new BadInput(`${path} has a header and no matches.`);
  return rows.map(({ info, record }) => matchOf(`${path}, line ${info.lines}`, record));
}

function headerOf(path: string, names: readonly string[]): string[] {
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new BadInput(
      `${path} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; its first line begins with "${names.join(',').slice(0, 60)}".`,
    );
  return [...names];
}

function matchOf(place: string, record: Record<string, string>): Match {
  for (const name of columns) if (!record[name]) throw new BadInput(`${place}: ${name} is empty.`);
  const [winnerId, winnerName, loserId, loserName] = columns.map((name) => record[name]!) as [
    string,
    string,
    string,
    string,
  ];
  if (winnerId === loserId) throw new BadInput(`${place}: winner and loser are the same player, ${winnerId}.`);
  return { winnerId, winnerName, loserId, loserName };
}
