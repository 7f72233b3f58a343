import { printable } from './printable.js';

/** What would turn the direction of the text around it, and control characters, which a page must not have. */
const obeyed = /\p{Bidi_Control}|(?![\t\n\r])\p{Cc}/gu;

/** A piece of HTML. Only `html` and `verbatim` make one, so any other text still has to be escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | string | number | readonly Markup[];

/** ``html`<td>${name}</td>` `` escapes the values, for use as text and in attributes with double quotes. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const text = parts.map((part, index) => part + textOf(contents[index] ?? ''));
  return new Markup(text.join(''));
}

/** For our own styles and scripts, which must not be escaped. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(({ text }) => text).join('');
  const text = String(content).replace(obeyed, printable);
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
