/** Text that is safe as content and in quoted attributes, of HTML and of SVG. */
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** Markup, whose values are escaped unless they are markup themselves; lists are joined. Nothing is written for undefined. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Markup | readonly Value[] | undefined;

export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(strings.reduce((text, part, index) => `${text}${write(values[index - 1])}${part}`));
}

function write(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(write).join('');
  return typeof value === 'number' ? `${Math.round(value * 100) / 100}` : escapeText(value);
}
