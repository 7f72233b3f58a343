import { notImplemented } from '../../orgRefusal.js';
import { blankLiterals } from '../../soql/index.js';
import { mostFound } from './search.js';
import type { Search, SearchedObject, SearchScope } from './search.js';
import { malformedSearch } from './searchErrors.js';

const findForm = /^\s*FIND\s*\{((?:\\.|[^}\\])*)\}\s*(?:IN\s+(ALL|EMAIL|NAME|PHONE|SIDEBAR)\s+FIELDS\b)?/is;
const objectForm = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s;

/**
 * Parses `FIND {pier*} IN NAME FIELDS RETURNING Account(Id, Name WHERE … ORDER BY … LIMIT 5), Contact LIMIT 20`.
 *
 * @throws {OrgRefusal} 400 MALFORMED_SEARCH when the text is not valid SOSL; 501 for a part that is not there
 */
export function parseSosl(sosl: string): Search {
  const found = findForm.exec(sosl);
  if (!found) throw malformedSearch('No search term found. The search term must be enclosed in braces.');
  const rest = sosl.slice(found[0].length);
  const clauses = clausesOf(rest, /\b(RETURNING|WITH|LIMIT|UPDATE)\b/gi);
  if (clauses.first.trim() !== '') throw malformedSearch(`unexpected token: ${clauses.first.trim()}`);
  const withLabels = clauses.of('WITH').some(isLabels);
  return {
    text: found[1] ?? '',
    scope: (found[2]?.toUpperCase() ?? 'ALL') as SearchScope,
    objects: clauses.of('RETURNING').flatMap((list) => listItems(list).map(searchedObject)),
    limit: numberOf(clauses.of('LIMIT')[0]) ?? mostFound,
    withLabels,
  };
}

/** `WITH METADATA = 'LABELS'`. Spelling is never corrected here. */
function isLabels(clause: string): boolean {
  if (/^\s*METADATA\s*=\s*'LABELS'\s*$/i.test(clause)) return true;
  if (/^\s*SPELL_CORRECTION\s*=\s*(?:true|false)\s*$/i.test(clause)) return false;
  throw notImplemented(`WITH ${clause.trim()} in SOSL`);
}

function searchedObject(text: string): SearchedObject {
  const [, name, inner = ''] = objectForm.exec(text) ?? [];
  if (name === undefined) throw malformedSearch(`unexpected token: ${text.trim()}`);
  const clauses = clausesOf(inner, /\b(USING\s+LISTVIEW|WHERE|ORDER\s+BY|LIMIT|OFFSET)\b/gi);
  return {
    name,
    fields: listItems(clauses.first).map((field) => field.trim()),
    listView: listViewIn(clauses.of('USING LISTVIEW')[0]),
    where: clauses.of('WHERE')[0],
    orderBy: clauses.of('ORDER BY')[0],
    limit: numberOf(clauses.of('LIMIT')[0]),
    offset: numberOf(clauses.of('OFFSET')[0]),
  };
}

/** `= AllAccounts` */
function listViewIn(clause: string | undefined): string | undefined {
  if (clause === undefined) return undefined;
  const [, name] = /^\s*=\s*(\w+)\s*$/.exec(clause) ?? [];
  if (name === undefined) throw malformedSearch(`unexpected token: ${clause.trim()}`);
  return name;
}

interface Clauses {
  /** What stands before the first keyword. */
  readonly first: string;
  of(keyword: string): string[];
}

/** Divides a text at keywords outside of quotes and parentheses. */
function clausesOf(text: string, keywords: RegExp): Clauses {
  const bare = withoutInner(text);
  const marks = [...bare.matchAll(keywords)];
  const parts = marks.map((mark, index) => ({
    keyword: mark[0].toUpperCase().replace(/\s+/g, ' '),
    content: text.slice(mark.index + mark[0].length, marks[index + 1]?.index),
  }));
  return {
    first: text.slice(0, marks[0]?.index),
    of: (keyword) => parts.filter((part) => part.keyword === keyword).map(({ content }) => content),
  };
}

/** Divides a list at commas outside of quotes and parentheses. An empty text is an empty list. */
function listItems(text: string): string[] {
  if (text.trim() === '') return [];
  const bare = withoutInner(text);
  const ends = [...bare.matchAll(/,/g)].map(({ index }) => index);
  return [...ends, text.length].map((end, index) => text.slice((ends[index - 1] ?? -1) + 1, end));
}

/** Replaces literals, and all that is in parentheses, by spaces of the same length. */
function withoutInner(text: string): string {
  let depth = 0;
  return blankLiterals(text).replace(/[^]/g, (character) => {
    if (character === ')') depth -= 1;
    const isInner = depth > 0;
    if (character === '(') depth += 1;
    return isInner ? ' ' : character;
  });
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Math.min(Number(text), mostFound);
  throw malformedSearch(`unexpected token: ${text.trim()}`);
}
