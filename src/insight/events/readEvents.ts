import { readListFile } from '../listFile.js';
import { EventFile } from './programEvent.js';
import type { ProgramEvent } from './programEvent.js';

/**
 * Reads a list of events from a YAML or JSON file.
 * @throws {ListFileError} with all mistakes, each with its line
 */
export function readEvents(path: string): Promise<ProgramEvent[]> {
  return readListFile(path, EventFile, 'The events');
}
