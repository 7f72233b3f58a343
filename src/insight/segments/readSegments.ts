import { DocumentError, DocumentText } from '../../base/files/documentText.js';
import { readDocument } from '../../base/files/readDocument.js';
import { pathText } from '../../base/shapes/pathText.js';
import { shapeIssues } from '../../base/shapes/shapeIssues.js';
import { builtInSegments } from './builtInSegments.js';
import { SegmentFileError } from './segmentFileError.js';
import { SegmentFile } from './segmentShape.js';
import type { SegmentDefinition } from './segmentShape.js';

/**
 * Reads the segments of a YAML or JSON file.
 * @throws {SegmentFileError} with all mistakes and their lines
 */
export async function readSegments(file: string): Promise<readonly SegmentDefinition[]> {
  const text = await readDocument(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SegmentFileError(file, [{ message: `cannot be read: ${reason}` }]);
  });
  return parseSegments(file, text);
}

/** Reads segments from the text of a file. @throws {SegmentFileError} */
export function parseSegments(file: string, text: string): readonly SegmentDefinition[] {
  try {
    const document = new DocumentText(text);
    return checkedSegments(file, document);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new SegmentFileError(file, [{ line: error.line, message: error.message }]);
  }
}

function checkedSegments(file: string, document: DocumentText): readonly SegmentDefinition[] {
  const value = document.value();
  const { data, error } = SegmentFile.safeParse(value);
  if (!data) {
    const issues = [...shapeIssues(error.issues, value, SegmentFile)].map(({ path, message }) => ({
      line: document.place(path).line,
      message: `${pathText(path) || 'the file'}: ${message}`,
    }));
    throw new SegmentFileError(file, issues);
  }
  const issues = repeatedSegments(data.segments).map(([index, message]) => ({
    line: document.place(['segments', index, 'name']).line,
    message,
  }));
  if (issues.length > 0) throw new SegmentFileError(file, issues);
  return data.segments;
}

function repeatedSegments(segments: readonly SegmentDefinition[]): (readonly [index: number, message: string])[] {
  const seen = new Set(builtInSegments.map(({ name }) => name));
  return segments.flatMap(({ name }, index) => {
    const isTaken = seen.has(name);
    seen.add(name);
    const whose = builtInSegments.some((each) => each.name === name) ? 'a built-in segment' : 'a segment above';
    return isTaken
      ? [[index, `segments[${index}].name: "${name}" is the name of ${whose}; choose another`] as const]
      : [];
  });
}
