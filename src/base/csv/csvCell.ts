/** A text in quotes, as a cell of CSV. */
export function csvQuoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

/** A text as a cell of CSV, in quotes only where it needs them. */
export function csvCell(text: string, delimiter = ','): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? csvQuoted(text) : text;
}

/** A row of CSV with its line end, which is CRLF as in RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;
}
