import { MetadataElement } from '../../source/metadataElement.js';
import { SourceError } from '../../source/sourceError.js';
import type { FieldDocument, ObjectDocuments, SourceDocuments } from '../../source/sourceDocuments.js';
import { solePath, soleText } from '../components/metadataComponent.js';
import type { ComponentMap, MetadataComponent } from '../components/metadataComponent.js';

interface GatheredObject {
  readonly name: string;
  readonly place: string;
  object?: MetadataElement;
  readonly fields: FieldDocument[];
}

/**
 * Returns what the components of an org say about its objects, as if they came from a source folder.
 *
 * @param fail called for components that cannot be read
 */
export function schemaDocuments(
  components: ComponentMap,
  fail: (component: MetadataComponent, error: SourceError) => void,
): SourceDocuments {
  const objects = new Map<string, GatheredObject>();
  const globalValueSets = new Map<string, MetadataElement>();
  const objectOf = (name: string, { files }: MetadataComponent): GatheredObject => {
    const known = objects.get(name.toLowerCase()) ?? { name, place: solePath({ files }), fields: [] };
    objects.set(name.toLowerCase(), known);
    return known;
  };
  for (const component of components.values()) {
    const { type, fullName } = component;
    if (type === 'GlobalValueSet') {
      const element = readableElement(component, fail);
      if (element) globalValueSets.set(fullName, element);
    } else if (type === 'CustomObject') Object.assign(objectOf(fullName, component), ownElement(component));
    else if (type === 'CustomField') {
      const [object = '', name = ''] = fullName.split('.');
      // The local org has its own definitions of standard fields.
      if (name.endsWith('__c')) objectOf(object, component).fields.push({ name, element: elementOf(component) });
    }
  }
  return { objects: [...objects.values()] satisfies ObjectDocuments[], globalValueSets, isEmpty: objects.size === 0 };
}

/** The objects of fields may be without a definition: they are standard objects. */
function ownElement(component: MetadataComponent): { object?: MetadataElement } {
  return soleText(component) === '' ? {} : { object: elementOf(component) };
}

/** The files of objects were read when they were taken apart, but not those of value sets. */
function readableElement(
  component: MetadataComponent,
  fail: (component: MetadataComponent, error: SourceError) => void,
): MetadataElement | undefined {
  try {
    return elementOf(component);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    fail(component, error);
    return undefined;
  }
}

function elementOf(component: MetadataComponent): MetadataElement {
  return MetadataElement.ofText(solePath(component), soleText(component), component.type);
}
