import { DocumentError } from '../../base/files/documentError.js';
import { DocumentText } from '../../base/files/documentText.js';
import { readDocument } from '../../base/files/readDocument.js';
import { isJsonObject, valueAt } from '../../base/jsonObject.js';
import { pathText } from '../../base/shapes/pathText.js';
import { DefinitionError } from './definitionError.js';
import type { PlacedIssue } from './definitionError.js';

type Path = readonly (string | number)[];

/** One file of a definition. It knows the place of each of its parts. */
export class DefinitionSource {
  readonly #document: DocumentText;

  private constructor(
    readonly file: string,
    document: DocumentText,
    readonly value: Readonly<Record<string, unknown>>,
  ) {
    this.#document = document;
  }

  /** @throws {DefinitionError} if the file cannot be read, or has no keys */
  static async read(file: string): Promise<DefinitionSource> {
    const text = await readDocument(file).catch((error: unknown) => {
      throw wholeFile(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    });
    try {
      const document = new DocumentText(text);
      const value = document.value();
      if (isJsonObject(value)) return new DefinitionSource(file, document, value);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      const { line, column, message } = error;
      throw new DefinitionError([{ file, line, column, path: '', value: undefined, message }]);
    }
    throw wholeFile(file, 'is not a definition: it has no keys such as name and currencies');
  }

  /** @param path within this file @param shown the same place within the whole definition */
  issue(path: Path, message: string, shown: Path = path): PlacedIssue {
    const value = valueAt(this.value, path);
    return { file: this.file, ...this.#document.place(path), path: pathText(shown), value, message };
  }
}

export function wholeFile(file: string, message: string, actions?: readonly string[]): DefinitionError {
  return new DefinitionError([{ file, line: 1, column: 1, path: '', value: undefined, message }], actions);
}
