import { sObjects } from '../../../contract/objects/index.js';
import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { Org } from '../../org.js';
import { orgObjects } from '../../orgObjects.js';
import type { Store } from '../../store/store.js';
import type { SourceError } from '../../source/sourceError.js';
import { sourceModel } from '../../source/sourceModel.js';
import { componentKey } from '../components/metadataComponent.js';
import type { ComponentMap, ComponentName } from '../components/metadataComponent.js';
import { schemaDocuments } from './schemaDocuments.js';

export interface OrgSchema {
  readonly definitions: readonly SObjectDefinition[];
  /** What is wrong with components, by their keys. */
  readonly problems: ReadonlyMap<string, string>;
}

const schemaTypes: ReadonlySet<string> = new Set(['CustomField', 'CustomObject', 'GlobalValueSet']);

/** Whether a component of this type changes the objects of an org. */
export function isSchemaType(type: string): boolean {
  return schemaTypes.has(type);
}

/** Records keep their ids, so objects keep their key prefixes. */
function knownPrefixes(components: ComponentMap, { model }: Store): ReadonlyMap<string, string> {
  const stored = [...components.values()].flatMap(({ fullName, keyPrefix }) => {
    return typeof keyPrefix === 'string' ? [[fullName, keyPrefix] as const] : [];
  });
  const custom = model.definitions.filter(({ name }) => name.endsWith('__c'));
  return new Map([...stored, ...custom.map(({ name, keyPrefix }) => [name, keyPrefix] as const)]);
}

/** Returns the objects that an org has with these components. */
export function orgSchema(components: ComponentMap, { settings, store }: Pick<Org, 'settings' | 'store'>): OrgSchema {
  const problems = new Map<string, string>();
  const fail = (part: ComponentName, error: SourceError): unknown => problems.set(componentKey(part), error.complaint);
  const definitions = sourceModel(schemaDocuments(components, fail), sObjects, {
    // What is left out of the model is kept as metadata.
    warn: () => undefined,
    fail,
    prefixes: knownPrefixes(components, store),
  });
  return { definitions: orgObjects(definitions, settings), problems };
}
