import { printable } from './printable.js';
import { shortText } from './shortText.js';

export type MarkdownCell = string | number;

const longestCell = 300;

/** Returns a table. Long text is shortened. */
export function markdownTable(head: readonly string[], rows: readonly (readonly MarkdownCell[])[]): string {
  const line = (cells: readonly MarkdownCell[]): string => `| ${cells.map((cell) => textOf(cell)).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Text of an org or a file must not become a link, an image or HTML in the page of a pipeline. */
export function markdownText(text: string): string {
  return printable(text).replaceAll(/[\\`*_[\]<>|#!@&~]/g, (character) => `\\${character}`);
}

function textOf(cell: MarkdownCell): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : markdownText(shortText(cell, longestCell));
}
