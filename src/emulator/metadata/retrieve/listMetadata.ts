import { textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { fileProperties } from './fileProperties.js';
import { OrgInventory } from '../components/orgInventory.js';

/** @throws {OrgRefusal} INVALID_TYPE for a type that no org has */
export function listMetadata(metadata: OrgMetadata, queries: readonly XmlNode[]): Record<string, unknown>[] {
  const inventory = new OrgInventory(metadata);
  return queries.flatMap((query) => {
    const type = textIn(query, 'type') ?? '';
    if (!metadata.types.isKnown(type)) throw unknownType(type);
    return inventory.ofType(type, true).map((component) => fileProperties(component, metadata.org.store));
  });
}

export function unknownType(type: string): OrgRefusal {
  return new OrgRefusal(500, 'INVALID_TYPE', `Unknown type: ${type}`);
}
