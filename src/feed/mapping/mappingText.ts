import { DocumentError } from '../../base/files/documentError.js';
import { DocumentText } from '../../base/files/documentText.js';
import type { Path } from '../../base/files/documentText.js';
import { FeedError } from '../feedError.js';

export type { Path } from '../../base/files/documentText.js';

/** A mapping file that knows the line of each of its parts, so that every error names a line. */
export class MappingText {
  readonly #document: DocumentText;

  /** @throws {FeedError} if the text is neither YAML nor JSON */
  constructor(
    readonly name: string,
    readonly text: string,
  ) {
    this.#document = this.#placed(() => new DocumentText(text));
  }

  /** @throws {FeedError} if aliases make too many copies */
  value(): unknown {
    return this.#placed(() => this.#document.value());
  }

  /** Returns the line of the key that the path leads to, or of the nearest part around it. */
  line(path: Path): number {
    return this.#document.place(path).line;
  }

  /** @param what follows the name of the place; for the whole file, it is the complete clause */
  error(path: Path, what: string, action?: string): FeedError {
    const where = path.length === 0 ? '' : `\`${path.map(String).join('.')}\` `;
    const line = this.line(path);
    return this.#error(line, `line ${line}: ${where}${what}`, action);
  }

  /** Runs `work`. An error that it throws becomes an error at this place. */
  within<T>(path: Path, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.error(path, `cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #placed<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      const { line, column, message } = error;
      throw this.#error(line, `line ${line}, column ${column}: ${message}`);
    }
  }

  #error(line: number, what: string, action = `Correct line ${line} of ${this.name}.`): FeedError {
    return new FeedError('mapping-invalid', `${this.name} ${what}${what.endsWith('?') ? '' : '.'}`, [action]);
  }
}
