/** Parameters that stand for many values. A NULL among them is null, or '' where texts are joined by a separator. */
type Values = readonly (string | null)[];

/** An array literal of values that need no quotes: numbers, UUIDs, times. */
export const plainArray = (values: Values): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** An array literal of any texts. */
export const quotedArray = (values: Values): string =>
  `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;

const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;

/** Texts for `string_to_array(…, separator)`, which costs the server half of what reading them as an array literal does.
 *  @returns null when there are none, so that no server takes '' for one text */
export const separatedTexts = (values: Values, separator: string): string | null =>
  values.length === 0 ? null : values.join(separator);

/** A text that stands in none of the values. No end of it is a beginning of it, so that none arises where values meet either. */
export function separatorFor(columns: readonly Values[]): string {
  // JSON escapes control characters, so the first one nearly always does
  let separator = '\x1f';
  for (let tries = 0; columns.some((values) => values.some((value) => value?.includes(separator))); tries += 1)
    separator = `\x1f${tries}\x1e`;
  return separator;
}
