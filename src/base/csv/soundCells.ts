/**
 * Splits a line into its cells. Returns undefined if it is not a row by itself: if a quoted cell is not closed in this
 * line, or a quote is where it must not be.
 */
export function soundCells(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ; at += delimiter.length) {
    const isQuoted = line[at] === '"';
    const end = isQuoted ? endOfQuoted(line, at) : endOfPlain(line, at, delimiter);
    const cell = isQuoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end);
    if (end === 0 || (!isQuoted && cell.includes('"'))) return undefined;
    cells.push(cell);
    if (end === line.length) return cells;
    if (!line.startsWith(delimiter, end)) return undefined;
    at = end;
  }
}

/** Returns the index after the closing quote, or 0 if there is none. A double quote does not close the cell. */
function endOfQuoted(line: string, from: number): number {
  let close = line.indexOf('"', from + 1);
  while (close !== -1 && line[close + 1] === '"') close = line.indexOf('"', close + 2);
  return close + 1;
}

function endOfPlain(line: string, from: number, delimiter: string): number {
  const end = line.indexOf(delimiter, from);
  return end === -1 ? line.length : end;
}
