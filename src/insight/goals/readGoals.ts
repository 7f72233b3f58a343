import { readListFile } from '../listFile.js';
import { GoalFile } from './goal.js';
import type { Goal } from './goal.js';

/**
 * Reads a list of goals from a YAML or JSON file.
 * @throws {ListFileError} with all mistakes, each with its line
 */
export function readGoals(path: string): Promise<Goal[]> {
  return readListFile(path, GoalFile, 'The goals');
}
