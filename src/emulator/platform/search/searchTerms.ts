import { malformedSearch } from './searchErrors.js';

/** The words of the fields of one record: a list for each field. */
export type FieldWords = readonly (readonly string[])[];

/** What a search looks for. */
export interface SearchTerms {
  isIn(fields: FieldWords): boolean;
  /** Texts of which each found record has at least one, in lower case. Undefined if nothing is known. */
  readonly oneOf: readonly string[] | undefined;
}

const shortest = 2;
/** Parentheses within parentheses. The platform's limit is unpublished. */
const deepest = 50;
const operators = new Set(['AND', 'OR', 'NOT']);

/**
 * Parses the words of a search. AND NOT binds closest, then AND, then OR; between words without an operator there is an
 * AND. Words match whole words, without case; `*` stands for any letters and `?` for one.
 *
 * @throws {OrgRefusal} 400 MALFORMED_SEARCH when there are no words, or one is too short
 */
export function searchTerms(text: string): SearchTerms {
  const tokens = text.match(/"(?:\\.|[^"\\])*"|[()]|(?:\\.|[^\s()"\\])+/gs) ?? [];
  const reader = new TermReader(tokens);
  return reader.whole();
}

/** Divides a text into words, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

class TermReader {
  #next = 0;
  #depth = 0;
  readonly #tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): SearchTerms {
    const terms = this.#either();
    if (this.#peek() !== undefined) throw malformedSearch(`unexpected token: ${this.#peek() ?? ''}`);
    return terms;
  }

  #either(): SearchTerms {
    const parts = [this.#all()];
    while (this.#take('OR')) parts.push(this.#all());
    const texts = parts.map(({ oneOf }) => oneOf);
    return {
      isIn: (fields) => parts.some((part) => part.isIn(fields)),
      oneOf: texts.every((each) => each !== undefined) ? texts.flat() : undefined,
    };
  }

  #all(): SearchTerms {
    const wanted = [this.#one()];
    const unwanted: SearchTerms[] = [];
    for (let token = this.#peek(); token !== undefined && token !== ')' && token.toUpperCase() !== 'OR';) {
      this.#take('AND');
      if (this.#take('NOT')) unwanted.push(this.#one());
      else wanted.push(this.#one());
      token = this.#peek();
    }
    return {
      isIn: (fields) => wanted.every((each) => each.isIn(fields)) && !unwanted.some((each) => each.isIn(fields)),
      oneOf: wanted.find(({ oneOf }) => oneOf !== undefined)?.oneOf,
    };
  }

  #one(): SearchTerms {
    const token = this.#tokens[this.#next++];
    if (token === '(') {
      if (++this.#depth > deepest) throw malformedSearch('There are too many parentheses within parentheses');
      const inner = this.#either();
      if (this.#tokens[this.#next++] !== ')') throw malformedSearch('A parenthesis is not closed');
      this.#depth -= 1;
      return inner;
    }
    if (token === undefined || token === ')' || operators.has(token.toUpperCase())) {
      throw malformedSearch(`unexpected token: ${token ?? '<EOF>'}`);
    }
    return phrase(token.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1'));
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  #take(operator: string): boolean {
    if (this.#peek()?.toUpperCase() !== operator) return false;
    this.#next += 1;
    return true;
  }
}

/** Words that follow each other in one field. `ada@example.com` is three of them. */
function phrase(text: string): SearchTerms {
  const words = text.toLowerCase().match(/[\p{L}\p{N}*?]+/gu) ?? [];
  const literals = words.flatMap((word) => word.split(/[*?]/)).filter((literal) => literal !== '');
  if (literals.join('').length < shortest) {
    throw malformedSearch(`search term must be longer than one character: ${text}`);
  }
  const [longest = ''] = literals.toSorted((one, other) => other.length - one.length);
  return {
    isIn: (fields) => fields.some((field) => field.some((_, start) => matchesAt(field, start, words))),
    // SQLite compares only ASCII letters without case.
    oneOf: /^[\x20-\x7e]+$/.test(longest) ? [longest] : undefined,
  };
}

function matchesAt(field: readonly string[], start: number, patterns: readonly string[]): boolean {
  return patterns.every((pattern, index) => fits(pattern, field[start + index] ?? ''));
}

/** Whether a word fits a pattern with `*` and `?`. A regular expression with many `*` could take very long. */
function fits(pattern: string, word: string): boolean {
  let [at, place] = [0, 0];
  let [star, resume] = [-1, 0];
  while (place < word.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === word[place])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
