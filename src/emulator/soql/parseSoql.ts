import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgRefusal } from '../orgRefusal.js';
import { blankLiterals, SoqlError, SoqlText } from './soqlErrors.js';

/** Salesforce limit. */
const maxLength = 100_000;
const cachedQueries = 500;
/** Only shorter queries are cached. A sync engine repeats them, while long ones hold lists of ids and do not recur. */
const cachedLength = 4000;
const unlimited = 2_147_483_647;

/** The least recently used query comes first. */
const cache = new Map<string, Query>();

/**
 * Parses a query. Callers must not change the result, because all compilations of the same text share it.
 *
 * @throws {SoqlError} MALFORMED_QUERY when the text is not valid SOQL
 */
export function parseSoql(soql: string): Readonly<Query> {
  const known = cache.get(soql);
  if (known) {
    cache.delete(soql);
    cache.set(soql, known);
    return known;
  }
  const query = parseUncached(soql);
  if (soql.length <= cachedLength) {
    cache.set(soql, query);
    const [oldest] = cache.keys();
    if (cache.size > cachedQueries && oldest !== undefined) cache.delete(oldest);
  }
  return query;
}

function parseUncached(soql: string): Query {
  if (soql.length > maxLength) {
    throw new SoqlError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${maxLength} characters.`);
  }
  // Of several NOTs in a row the library keeps only the first and the last.
  if (/\bNOT[\s(]+NOT[\s(]+NOT\b/i.test(blankLiterals(soql))) {
    throw new SoqlText(soql).notImplemented('three NOTs in a row');
  }
  try {
    return parseQuery(escapeLineSeparators(soql));
  } catch (error) {
    return parseOffsetWithoutLimit(soql) ?? refuse(soql, error);
  }
}

/** The library ends a string at U+2028 and U+2029, although a string may contain them. */
function escapeLineSeparators(soql: string): string {
  return soql.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The library reads the OFFSET of `WHERE … OFFSET n` as a field unless LIMIT comes before it. */
function parseOffsetWithoutLimit(soql: string): Query | undefined {
  const limited = soql.replace(/\s(OFFSET\s+\d+)(?=\s*$|\s+FOR\s+\w+\s*$)/i, ` LIMIT ${unlimited} $1`);
  if (limited === soql) return undefined;
  try {
    return parseQuery(limited);
  } catch {
    return undefined;
  }
}

function refuse(soql: string, error: unknown): never {
  const text = new SoqlText(soql);
  if (error instanceof RangeError) throw new SoqlError('QUERY_TOO_COMPLICATED', 'Query is too complicated');
  if (!(error instanceof Error)) throw error;
  const { message } = error;
  const lexed = /unexpected character: ->(.*?)<- at offset: (\d+)/s.exec(message);
  if (lexed) throw illegalCharacter(text, lexed[1] ?? '', Number(lexed[2]));
  if (/\sALL\s+ROWS\s*$/i.test(soql)) throw text.malformed('ALL ROWS not allowed in this context', 'ALL');
  throw unexpectedToken(text, message);
}

function illegalCharacter(text: SoqlText, character: string, offset: number): SoqlError {
  if (/^'(?:\\.|[^'\\])*'/s.test(text.text.slice(offset))) {
    return text.malformed('Line breaks not allowed in string literals');
  }
  const before = text.text.slice(0, offset).split('\n');
  const place = `line ${before.length}:${(before.at(-1) ?? '').length}`;
  return text.malformed(
    character === "'"
      ? `${place} mismatched character '<EOF>' expecting '''`
      : `${place} no viable alternative at character '${character}'`,
  );
}

function unexpectedToken(text: SoqlText, message: string): OrgRefusal {
  // The library looks ahead no further than ten parentheses.
  if (/(?:\(\s*){10}/.test(blankLiterals(text.text))) return text.notImplemented('ten parentheses in a row');
  const token = foundToken(message);
  if (token === '') return text.malformed("unexpected token: '<EOF>'");
  const offset = failureOffset(text.text, token);
  if (offset !== undefined && /type --> FROM <--/.test(message)) {
    // The library parses `Id FORM Account` as a field with an alias, but the platform points at the misspelled word.
    const alias = /[\w)]\s+(\w+)\s+$/.exec(text.text.slice(0, offset));
    if (alias?.[1]) return text.unexpected(alias[1], text.text.lastIndexOf(alias[1], offset - 1));
  }
  return text.unexpected(token, offset);
}

function foundToken(message: string): string {
  const found = /but found: '(.*)'|found --> '(.*)' <--|expecting EOF but found: (.*)/s.exec(message);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}

/**
 * The library does not say where parsing failed. Valid text that is cut short fails only because it ends too early, so
 * the failing token is the last one with valid text before it. This parses many times, so long queries are skipped.
 */
function failureOffset(soql: string, token: string): number | undefined {
  if (soql.length > cachedLength) return undefined;
  let last: number | undefined;
  let offset = soql.indexOf(token);
  for (let tries = 0; offset >= 0 && tries < 50; tries++) {
    if (!isSoundPrefix(soql.slice(0, offset))) break;
    last = offset;
    offset = soql.indexOf(token, offset + 1);
  }
  return last;
}

function isSoundPrefix(prefix: string): boolean {
  try {
    parseQuery(prefix);
    return true;
  } catch (error) {
    return error instanceof Error && foundToken(error.message) === '';
  }
}
