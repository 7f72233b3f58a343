import { FormulaParseError } from './formulaParseError.js';
import { formulaSigns } from './formulaToken.js';
import type { FormulaToken } from './formulaToken.js';

const blanks = /[\s\u200b]+|\/\*[^]*?\*\//uy;
const merged = /\{!\s*([\p{L}_$][\p{L}\p{N}_$.:#]*)\s*\}/uy;
const plain = /[\p{L}_$][\p{L}\p{N}_$.:#]*/uy;
const number = /\d+(?:\.\d+)?(?![\p{L}\p{N}_.])/uy;
const quoted = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/uy;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/**
 * Splits an expression into its pieces. The last one is the end. Blanks, line breaks and comments are left out.
 * @throws {FormulaParseError} if a character begins none
 */
export function readFormulaTokens(text: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let at = 0;
  for (;;) {
    for (let blank = match(blanks, text, at); blank; blank = match(blanks, text, at)) at += blank[0].length;
    if (at >= text.length) return [...tokens, { kind: 'end', at: text.length }];
    const { token, length } = tokenAt(text, at);
    tokens.push(token);
    at += length;
  }
}

/** @throws {FormulaParseError} if there is none */
function tokenAt(text: string, at: number): { token: FormulaToken; length: number } {
  const field = match(merged, text, at);
  if (field) return { token: { kind: 'name', value: field[1] ?? '', isMerged: true, at }, length: field[0].length };
  const name = match(plain, text, at)?.[0];
  if (name !== undefined) return { token: { kind: 'name', value: name, isMerged: false, at }, length: name.length };
  const digits = match(number, text, at)?.[0];
  if (digits !== undefined) return { token: { kind: 'number', value: Number(digits), at }, length: digits.length };
  const quote = match(quoted, text, at)?.[0];
  if (quote !== undefined)
    return { token: { kind: 'text', value: unquoted(quote, text, at), at }, length: quote.length };
  const sign = text.startsWith('/*', at) ? undefined : formulaSigns.find((each) => text.startsWith(each, at));
  if (sign !== undefined) return { token: { kind: 'sign', value: sign, at }, length: sign.length };
  throw new FormulaParseError(unreadable(text, at), { text, offset: at });
}

function unquoted(quote: string, text: string, at: number): string {
  return quote.slice(1, -1).replaceAll(/\\([^])/g, (escape, character: string, offset: number) => {
    const meant = escapes[character];
    if (meant !== undefined) return meant;
    const what = `${escape} is not an escape of the platform: write \\\\ for a backslash in a text`;
    throw new FormulaParseError(what, { text, offset: at + 1 + offset });
  });
}

function unreadable(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") return `the text that begins with ${character} does not end`;
  if (text.startsWith('{!', at)) return 'what {! begins is not the name of a field, with } behind it';
  if (text.startsWith('/*', at)) return 'the comment does not end';
  if (/[“”‘’„]/u.test(character)) return `${character} is not a quotation mark of formulas: write " or '`;
  if (/[\d.]/.test(character))
    return 'a number has digits, and a point between them if it has decimal places, such as 0.5';
  return `${JSON.stringify(character)} has no meaning in a formula`;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
