import { SoqlError } from '../soqlErrors.js';

/** Salesforce limit on the length of one string in a WHERE clause. */
const maxStringLength = 4000;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  N: '\n',
  R: '\r',
  T: '\t',
  B: '\b',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: '_',
  '%': '%',
};

/** One character of a literal. Only LIKE needs to know whether it was escaped with a backslash. */
export interface LiteralCharacter {
  readonly character: string;
  readonly escaped: boolean;
}

/** Removes the quotes and resolves the escapes: `'it\'s'` → `it's`. */
export function stringValue(literal: string): string {
  return literalCharacters(literal)
    .map(({ character }) => character)
    .join('');
}

/** @throws {SoqlError} MALFORMED_QUERY when the literal is too long or has an escape that SOQL does not have */
export function literalCharacters(literal: string): LiteralCharacter[] {
  const inner = literal.slice(1, -1);
  if (inner.length > maxStringLength) {
    throw new SoqlError('MALFORMED_QUERY', `String literal too long (max length=${maxStringLength})`);
  }
  const pieces = inner.match(/\\u[0-9a-fA-F]{4}|\\.|[^\\]/gsu) ?? [];
  return pieces.map((piece) => {
    if (!piece.startsWith('\\')) return { character: piece, escaped: false };
    if (piece.length === 6) return { character: String.fromCharCode(parseInt(piece.slice(2), 16)), escaped: true };
    const character = escapes[piece.charAt(1)];
    if (character !== undefined) return { character, escaped: true };
    throw new SoqlError(
      'MALFORMED_QUERY',
      `Illegal string literal: Invalid string literal '${inner}'. Illegal character sequence '${piece}' in string literal.`,
    );
  });
}

/** Converts the pattern to SQLite's LIKE, with `\` as the escape character. */
export function likePattern(literal: string): string {
  return literalCharacters(literal)
    .map(({ character, escaped }) => {
      const wildcard = character === '%' || character === '_';
      return character === '\\' || (wildcard && escaped) ? `\\${character}` : character;
    })
    .join('');
}

/** Converts the pattern to SQLite's GLOB, which respects case. LIKE does not. */
export function globPattern(literal: string): string {
  return literalCharacters(literal)
    .map(({ character, escaped }) => {
      if (!escaped && character === '%') return '*';
      if (!escaped && character === '_') return '?';
      return '*?['.includes(character) ? `[${character}]` : character;
    })
    .join('');
}
