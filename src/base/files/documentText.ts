import { Composer, isAlias, isMap, isNode, isScalar, isSeq, Lexer, LineCounter, Parser, visit } from 'yaml';
import type { Alias, Document, Pair, Scalar, YAMLMap } from 'yaml';
import { DocumentError, longestDocument } from './documentError.js';

export type Path = readonly PropertyKey[];

/** Maximum depth of nested maps and lists. */
const deepest = 100;
/** Maximum number of names, values, brackets, commas and spaces. Each of them takes time. */
const mostLexemes = 400_000;
/** Maximum number of copies that aliases may make of other parts, so that a few lines cannot become gigabytes. */
const mostCopies = 100;

/**
 * A YAML or JSON document that a person has written: small, not deeply nested, and without repeated names. It knows the
 * place of each of its parts. Its limits keep the time to read it short, whatever it contains.
 */
export class DocumentText {
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #names = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  /** @throws {DocumentError} if the text is not such a document */
  constructor(text: string) {
    if (text.length > longestDocument) throw new DocumentError(tooLarge, 1, 1);
    this.#document = this.#compose(text);
    const [error] = this.#document.errors;
    if (error !== undefined) {
      const quote = error.code === 'MISSING_CHAR' ? this.#lastQuoteBefore(error.pos[0]) : undefined;
      if (quote !== undefined) throw this.#error('opens a quote that is never closed', quote);
      throw this.#error(`is neither YAML nor JSON: ${error.message}`, error.pos[0]);
    }
    const [warning] = this.#document.warnings;
    if (warning !== undefined) throw this.#error(`has a part that means nothing: ${warning.message}`, warning.pos[0]);
    visit(this.#document, {
      Scalar: (_, scalar) => this.#checkText(scalar),
      Map: (_, map) => void this.#names.set(map, this.#namesOf(map)),
      Alias: (_, alias, path) => this.#checkAlias(alias, path),
    });
  }

  /** @throws {DocumentError} if aliases make too many copies */
  value(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: mostCopies }) as unknown;
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw this.#error('has aliases that copy too much: write the values out, or leave them out', this.#firstAlias());
    }
  }

  /**
   * Returns where the name is that the path leads to. If there is none, returns the place of the nearest part around
   * it.
   */
  place(path: Path): { readonly line: number; readonly column: number } {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node);
    for (const step of path) {
      const pair = isMap(node) ? this.#names.get(node)?.get(String(step)) : undefined;
      const item = isSeq(node) ? node.items[Number(step)] : pair?.key;
      if (!isNode(item)) break;
      offset = offsetOf(item);
      node = pair === undefined ? item : pair.value;
    }
    return this.#at(offset);
  }

  /**
   * Composes the document like the library does, but stops before the nesting is too deep for the composer's recursion.
   */
  #compose(text: string): Document {
    const composer = new Composer({ uniqueKeys: false, prettyErrors: false, lineCounter: this.#lines });
    let first: Document | undefined;
    for (const document of composer.compose(this.#tokens(text), true, text.length)) {
      if (first !== undefined) throw this.#error('begins a second document', document.range[0]);
      first = document;
    }
    if (first === undefined) throw this.#error('is empty', 0);
    return first;
  }

  *#tokens(text: string): ReturnType<Parser['parse']> {
    const parser = new Parser(this.#lines.addNewLine);
    this.#lines.addNewLine(0);
    let lexemes = 0;
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      lexemes += 1;
      if (lexemes > mostLexemes) throw this.#error('has too many parts before this place', parser.offset);
      if (parser.stack.length > deepest)
        throw this.#error(`has maps and lists nested more than ${deepest} deep`, parser.offset);
    }
    yield* parser.end();
  }

  #namesOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const names = new Map<string, Pair>();
    for (const pair of map.items) {
      const { key } = pair;
      if (!isScalar(key)) throw this.#error('has a name that is not text', offsetOf(isNode(key) ? key : map));
      const name = nameOf(key.value);
      const before = names.get(name);
      // For JavaScript this name is special: the value would be lost.
      if (name === '__proto__') throw this.#error('has the name `__proto__`, which cannot be used', offsetOf(key));
      if (before !== undefined) {
        const { line } = this.#at(offsetOf(before.key));
        throw this.#error(`has the name \`${name}\` a second time: it is already in line ${line}`, offsetOf(key));
      }
      names.set(name, pair);
    }
    return names;
  }

  #checkText(scalar: Scalar): void {
    const { value } = scalar;
    if (typeof value !== 'string' || value.isWellFormed()) return;
    throw this.#error('has half a character: a surrogate without the other one', offsetOf(scalar));
  }

  #checkAlias(alias: Alias, path: readonly unknown[]): void {
    const target = alias.resolve(this.#document);
    if (target === undefined)
      throw this.#error(`has the alias *${alias.source}, which refers to nothing`, offsetOf(alias));
    if (path.includes(target))
      throw this.#error(`has the alias *${alias.source} inside the value that it refers to`, offsetOf(alias));
  }

  /** An unclosed quote extends to the end of the text, and the library reports the error there. */
  #lastQuoteBefore(end: number): number | undefined {
    let offset: number | undefined;
    visit(this.#document, {
      Scalar: (_, scalar) => {
        const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
        if (isQuoted && offsetOf(scalar) < end) offset = offsetOf(scalar);
      },
    });
    return offset;
  }

  #firstAlias(): number {
    let offset: number | undefined;
    visit(this.#document, { Alias: (_, alias) => void (offset ??= offsetOf(alias)) });
    return offset ?? 0;
  }

  #at(offset: number): { readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #error(message: string, offset: number): DocumentError {
    const { line, column } = this.#at(offset);
    return new DocumentError(message, line, column);
  }
}

/** Returns the name that `toJS` would use: 1 and "1" are the same name. */
function nameOf(key: unknown): string {
  if (typeof key === 'string') return key;
  return key === null || key === undefined ? '' : JSON.stringify(key);
}

const tooLarge = `has more than ${longestDocument / 1024 / 1024} MiB`;

function offsetOf(node: unknown): number {
  return (isNode(node) || isAlias(node) ? node.range?.[0] : undefined) ?? 0;
}
