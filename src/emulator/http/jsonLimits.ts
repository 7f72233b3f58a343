import { OrgRefusal } from '../orgRefusal.js';

/** The default limit of Jackson, a common JSON parser for Java. */
const deepest = 1_000;
/** Much more than the largest request that the platform accepts can have. */
const mostValues = 500_000;

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Counts levels and values before parsing. A small body can contain millions of nested or adjacent lists, and building
 * them would block all other requests. Counting takes one pass over the bytes.
 *
 * @throws {OrgRefusal} 400 JSON_PARSER_ERROR when there are too many levels or values
 */
export function requireModestJson(bytes: Buffer): void {
  // Each level and each value takes at least one byte.
  if (bytes.length <= deepest) return;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case quote:
        at = endOfText(bytes, at);
        break;
      case openBracket:
      case openBrace:
        if (++depth > deepest) throw tooMuch(`is nested deeper than ${deepest} levels`);
        values += 1;
        break;
      case closeBracket:
      case closeBrace:
        depth -= 1;
        break;
      case comma:
        if (++values > mostValues) throw tooMuch(`has more than ${mostValues} values`);
        break;
      default:
    }
  }
}

/** Returns the position of the closing quote. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

function tooMuch(what: string): OrgRefusal {
  return new OrgRefusal(400, 'JSON_PARSER_ERROR', `The JSON of the request ${what}: send less in one request`);
}
