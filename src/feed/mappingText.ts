import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import { FeedError } from './feedError.js';

export type Path = readonly PropertyKey[];

/** Knows where in a mapping file something stands, so that every error names its line. */
export class MappingText {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = this.#document.errors;
    if (error !== undefined) throw this.#error(this.#lines.linePos(error.pos[0]).line, `is not YAML: ${error.message}`);
  }

  value(): unknown {
    return this.#document.toJS();
  }

  /** Line of the key that the path leads to, or of the nearest thing around it. */
  line(path: Path): number {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const step of path) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    }
    return this.#lines.linePos(offset).line;
  }

  /** @param what goes on after the name of the place, or stands alone if that is the whole file */
  error(path: Path, what: string, action?: string): FeedError {
    const where = path.length === 0 ? '' : `\`${path.map(String).join('.')}\` `;
    return this.#error(this.line(path), `${where}${what}`, action);
  }

  /** Runs `work`; what it throws becomes an error at this place. */
  within<T>(path: Path, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.error(path, `cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #error(line: number, what: string, action = `Correct line ${line} of ${this.name}.`): FeedError {
    return new FeedError('mapping-invalid', `${this.name} line ${line}: ${what}.`, [action]);
  }
}
