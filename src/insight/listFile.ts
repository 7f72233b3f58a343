import type { z } from 'zod';
import { readDocument } from '../base/files/readDocument.js';
import { shapedDocument } from '../base/shapes/shapedDocument.js';
import { ListFileError } from './insightErrors.js';

/** What a file lists, for its errors: `The goals`. */
export type ListSubject = 'The goals' | 'The events' | 'The segments';

/**
 * Reads a list that a person has written in YAML or JSON.
 * @throws {ListFileError} with all mistakes, each with its line
 */
export async function readListFile<T>(path: string, shape: z.ZodType<T>, subject: ListSubject): Promise<T> {
  const { value, issues } = shapedDocument(await textOf(path, subject), shape);
  if (issues.length === 0) return shape.parse(value);
  throw new ListFileError(
    path,
    subject,
    issues.map(({ line, message }) => `${path}, line ${line}: ${message}`),
  );
}

async function textOf(path: string, subject: ListSubject): Promise<string> {
  try {
    return await readDocument(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ListFileError(path, subject, [`${path}: cannot be read: ${reason}`]);
  }
}
