/** A piece of HTML. Only `html` makes one, so whatever is no piece of HTML yet has not been escaped yet. */
export class Markup {
  public constructor(public readonly text: string) {}
}

type Content = Markup | string | number | readonly Markup[];

/** ``html`<td>${name}</td>` ``: what is filled in is escaped, for text and for attributes in double quotes. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const text = parts.map((part, index) => part + textOf(contents[index] ?? ''));
  return new Markup(text.join(''));
}

/** For styles and scripts, which are ours and have rules of their own. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(({ text }) => text).join('');
  return String(content).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
