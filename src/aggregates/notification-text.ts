const place = /\{\{\s*([a-z][a-z0-9_]{0,39})\s*\}\}/g;

/** Puts words into the places of a text, `{{name}}`; each place needs its word.
 *  @returns the text, or the names of the places that have none */
export function fillIn(
  text: string,
  words: Readonly<Record<string, string>>,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = text.replace(place, (whole, name: string) => {
    if (Object.hasOwn(words, name)) return words[name]!;
    missing.add(name);
    return whole;
  });
  return { text: filled, missing: [...missing] };
}
