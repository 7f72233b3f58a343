/** Blanks that locales put between groups of three digits, and the apostrophes of Switzerland. */
const grouped = /^[+-]?\d{1,3}(?:[. \u00a0\u202f'’]\d{3})+(?:,\d+)?$/;
const plain = /^[+-]?\d*(?:,\d+)?$/;

/** Returns a number with a decimal comma, such as `1.234,56`, with a point. Undefined for any other text. */
export function withDecimalPoint(text: string): string | undefined {
  if (plain.test(text)) return text.replace(',', '.');
  return grouped.test(text) ? text.replaceAll(/[. \u00a0\u202f'’]/g, '').replace(',', '.') : undefined;
}

/** Returns what to do about a number of a column that may have a decimal comma; undefined if it has none. */
export function decimalCommaHint(column: string, text: string): string | undefined {
  if (!text.includes(',') || withDecimalPoint(text) === undefined) return undefined;
  return `if all numbers are written so, say it in the mapping, as in { number: ${column}, decimalSeparator: ',' }; otherwise correct the line`;
}
