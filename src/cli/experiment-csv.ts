import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { type CohortSums, createTally, type PlayerRow, PlayerTwice } from '../experiment-report/tally.ts';
import { UserError } from './command.ts';

/** Which columns name the player and the cohort; all others are metrics. */
export type CsvColumns = { readonly player: string; readonly cohort: string };

/** The rows of a CSV file with a header, one player each, as a stream; `.gz` is unpacked.
 *  @throws UserError that names line and column, when the file is not like that */
export async function* csvRows(file: string, columns: CsvColumns): AsyncGenerator<PlayerRow> {
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, trim: true, info: true });
  const source = createReadStream(file);
  // what goes wrong on the way comes out of the parser
  if (file.endsWith('.gz')) pipeline(source, createGunzip(), parser, () => {});
  else pipeline(source, parser, () => {});
  try {
    for await (const { record, info } of parser) yield rowOf(record, Number(info.lines), file, columns);
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    throw new UserError(`${file}: ${error.message}`);
  }
}

/** What the rows of a file come to, cohort by cohort. @throws UserError as `csvRows`, and when there is no comparison to be made */
export async function csvCohorts(file: string, columns: CsvColumns): Promise<CohortSums[]> {
  const tally = createTally();
  try {
    for await (const row of csvRows(file, columns)) tally.add(row);
  } catch (error) {
    throw error instanceof PlayerTwice ? new UserError(`${file}: ${error.message}`) : error;
  }
  const cohorts = tally.cohorts();
  if (cohorts.length < 2) throw new UserError(`${file} has ${cohorts.length} cohorts: a comparison needs two.`);
  return cohorts;
}

function rowOf(record: Readonly<Record<string, string>>, line: number, file: string, columns: CsvColumns): PlayerRow {
  const named = (column: string, option: string) => {
    const value = record[column];
    if (value === undefined)
      throw new UserError(
        `${file} has no column ${column}: name it with ${option}. There are ${Object.keys(record).join(', ')}.`,
      );
    if (value === '') throw new UserError(`${file}, line ${line}: ${column} is empty.`);
    return value;
  };
  const player = named(columns.player, '--player-column');
  const cohort = named(columns.cohort, '--cohort-column');
  const values = Object.entries(record)
    .filter(([column]) => column !== columns.player && column !== columns.cohort)
    .map(([column, text]): [string, number] => {
      const value = numberOf(text);
      if (Number.isFinite(value)) return [column, value];
      throw new UserError(`${file}, line ${line}: ${column} is "${text}"; it has to be a number, true or false.`);
    });
  return { player, cohort, values: Object.fromEntries(values) };
}

function numberOf(text: string): number {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  return text === '' ? Number.NaN : Number(text);
}
