/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front of it: at the beginning of a cell, and
 * behind a semicolon, a tab or a line end, where a spreadsheet may begin another cell. A plain number such as `-15.30`
 * is harmless, and stays one.
 *
 * Nothing is lost: an apostrophe that stood there already gets another one, so that {@link plainText}, which "Results
 * files" of docs/sync-protocol.md has for other programs, takes away exactly what was added.
 */
export function spreadsheetText(text: string): string {
  return text.replaceAll(formulaStart, "'");
}

/** The text that {@link spreadsheetText} was given. */
export function plainText(cell: string): string {
  return cell.replaceAll(formulaMark, '');
}

/** Blanks in front of a formula do not keep a spreadsheet from reading it; nor does the full width of East Asia. */
const formulaStart =
  /(?<=^|[;\t\r\n])(?='*[^\S\t\r\n]*[=+\-@＝＋－＠]|^'*[\t\r\n])(?![+-]?\d+(?:[.,]\d+)?(?:[;\t\r\n]|$))/gu;
const formulaMark = /(?<=^|[;\t\r\n])'(?='*[^\S\t\r\n]*[=+\-@＝＋－＠]|(?<=^')'*[\t\r\n])/gu;
