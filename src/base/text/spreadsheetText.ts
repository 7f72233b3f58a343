/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula: at the beginning of a cell, and after a
 * semicolon, a tab or a line end, where a spreadsheet may begin another cell. A plain number such as `-15.30` is
 * harmless and stays unchanged.
 *
 * Nothing is lost: a text that already has an apostrophe there gets another one, so {@link plainText} removes exactly
 * what was added. "Results files" in docs/sync-protocol.md describes the same for other programs.
 */
export function spreadsheetText(text: string): string {
  return mayBeFormula.test(text) ? text.replaceAll(formulaStart, "'") : text;
}

/** Returns the text that {@link spreadsheetText} was given. */
export function plainText(cell: string): string {
  return cell.replaceAll(formulaMark, '');
}

/** A text that has nothing of this has no formula. Nearly every cell is such a text. */
const mayBeFormula = /^'*\s*[=+\-@＝＋－＠]|[;\t\r\n]/u;

/** A spreadsheet reads a formula even after spaces, and also with the full-width characters of East Asia. */
const formulaStart =
  /(?<=^|[;\t\r\n])(?='*[^\S\t\r\n]*[=+\-@＝＋－＠]|^'*[\t\r\n])(?![+-]?\d+(?:[.,]\d+)?(?:[;\t\r\n]|$))/gu;
const formulaMark = /(?<=^|[;\t\r\n])'(?='*[^\S\t\r\n]*[=+\-@＝＋－＠]|(?<=^')'*[\t\r\n])/gu;
