import type { SObjectDefinition } from '../../contract/sobject.js';
import { readSourceDocuments } from './sourceDocuments.js';
import { SourceError } from './sourceError.js';
import { sourceModel } from './sourceModel.js';

/** An org's objects: standard objects with custom fields from the source folder, and custom objects. */
export interface SourceModel {
  readonly definitions: readonly SObjectDefinition[];
  /** Sentences about what the local org leaves out or handles differently. */
  readonly warnings: readonly string[];
}

/**
 * Reads custom objects and fields from an SFDX source folder, such as `force-app`.
 *
 * @param standard objects that every org has
 * @throws {SourceError} with the file and the element, when something cannot be read
 */
export async function readSource(folder: string, standard: readonly SObjectDefinition[]): Promise<SourceModel> {
  const warnings: string[] = [];
  const warn = ({ message }: Error): void => void warnings.push(message);
  const documents = await readSourceDocuments(folder, warn);
  if (documents.isEmpty) {
    warn(new SourceError(folder, 'contains no objects/<Object> folder, so nothing is added'));
  }
  return { definitions: sourceModel(documents, standard, { warn }), warnings };
}
