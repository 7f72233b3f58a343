import { readDecimal } from './decimal.js';
import { nameTwice } from './jsonNames.js';
import { shortText } from './text/shortText.js';

/**
 * Parses JSON that a person has written. `JSON.parse` silently keeps the last of two values of one name, and rounds
 * numbers of many digits, such as an Id or a membership number without quotes.
 *
 * @throws {Error} with the reason, as a clause with a subject
 */
export function parseExactJson(text: string): unknown {
  const content: unknown = JSON.parse(text);
  const twice = nameTwice(text);
  if (twice !== undefined) throw new Error(`it has "${shortText(twice, 80)}" twice`);
  for (const [token] of text.matchAll(stringOrNumber)) {
    if (token.startsWith('"') || isKept(token)) continue;
    throw new Error(`its number ${shortText(token, 40)} has more digits than can be sent: write it in quotes`);
  }
  return content;
}

/** Strings are matched only to pass over the digits in them. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function isKept(number: string): boolean {
  const kept = readDecimal(String(Number(number)));
  return kept !== undefined && (readDecimal(number)?.equals(kept) ?? false);
}
