import { systemClock } from '../base/clock.js';
import { sObjects } from '../contract/objects/index.js';
import type { SObjectDefinition } from '../contract/sobject.js';
import type { EmulatorOptions } from './emulatorOptions.js';
import type { Org } from './org.js';

/** What the source folders of an org say, besides the rules. */
export interface OrgSource {
  readonly definitions: readonly SObjectDefinition[];
  readonly sourceComponents: Org['sourceComponents'];
  readonly warnings: readonly string[];
}

/**
 * Returns the objects and the metadata of an org with the given source folders. Their reader is loaded only if there are
 * any, because an org without them starts sooner.
 *
 * @throws {SourceError} when a source folder cannot be read
 */
export async function readOrgSource({ source = [], clock = systemClock }: EmulatorOptions): Promise<OrgSource> {
  const folders = [source].flat();
  if (folders.length === 0) return { definitions: sObjects, sourceComponents: [], warnings: [] };
  const { readSource } = await import('./source/readSource.js');
  const { readSourceComponents } = await import('./metadata/components/orgComponents.js');
  let definitions: readonly SObjectDefinition[] = sObjects;
  const warnings: string[] = [];
  for (const folder of folders) {
    const read = await readSource(folder, definitions);
    definitions = read.definitions;
    warnings.push(...read.warnings);
  }
  return { definitions, sourceComponents: await readSourceComponents(folders, clock), warnings };
}
