import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines of one object in `documentedFields.txt`. */
export interface DocumentedObject {
  /** The line of a field, or that of the first pattern it fits. */
  readonly lineOf: (fieldName: string) => string | undefined;
  /** Fields that are written without a pattern. */
  readonly names: readonly string[];
}

const file = join(import.meta.dirname, 'documentedFields.txt');

/** Reads what the Object Reference and the Field Reference say where no whole describe is published. */
export async function readDocumentedFields(): Promise<(objectName: string) => DocumentedObject> {
  const byObject = new Map<string, Map<string, string>>();
  let lines = new Map<string, string>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, section] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (section !== undefined) byObject.set(section, (lines = new Map<string, string>()));
    else if (line !== '' && !line.startsWith('#')) lines.set(line.slice(0, line.indexOf(' ')), line);
  }
  return (objectName) => documented(byObject.get(objectName) ?? new Map<string, string>());
}

function documented(lines: ReadonlyMap<string, string>): DocumentedObject {
  const patterns = [...lines.keys()].filter((name) => name.endsWith('*'));
  return {
    names: [...lines.keys()].filter((name) => !name.endsWith('*')),
    lineOf: (fieldName) => {
      const pattern = patterns.find((each) => fieldName.startsWith(each.slice(0, -1))) ?? '';
      return lines.get(fieldName) ?? lines.get(pattern);
    },
  };
}
