import { readListFile } from '../listFile.js';
import { SegmentFile } from './segmentShape.js';
import type { SegmentDefinition } from './segmentShape.js';

/**
 * Reads a list of segments from a YAML or JSON file.
 * @throws {ListFileError} with all mistakes, each with its line
 */
export function readSegments(path: string): Promise<SegmentDefinition[]> {
  return readListFile(path, SegmentFile, 'The segments');
}
