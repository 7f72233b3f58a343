import type { SObjectDefinition } from '../../../contract/sobject.js';
import { ObjectModel } from '../../store/model/objectModel.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { customName } from '../../source/sourceFiles.js';
import { componentKey, soleText } from '../components/metadataComponent.js';
import type { ComponentMap, ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import { problemOfValues } from './fieldChanges.js';

interface CheckedSchema {
  readonly store: Store;
  /** Objects that the org will have. */
  readonly definitions: readonly SObjectDefinition[];
  /** Components that the org will have. */
  readonly components: ComponentMap;
}

/** Most custom fields of an object in any edition (Salesforce Help, "Salesforce Features and Edition Allocations"). */
const mostFields = 800;

/** Ends the names of custom objects and fields. Custom metadata types, events and others end in `__mdt`, `__e` and so on. */
const customEnding = /__c$/;

/** Whether an object or a field of this name is made by Salesforce. */
function isStandard(name: string): boolean {
  return !name.includes('__');
}

/** Checks what an org checks when it takes objects and fields. The texts are those of a real org where they are known. */
export class SchemaChecks {
  readonly #schema: CheckedSchema;
  readonly #next: ObjectModel;

  constructor(schema: CheckedSchema) {
    this.#schema = schema;
    this.#next = new ObjectModel(schema.definitions);
  }

  /** Returns what is wrong with a component that is deployed. */
  problemOf(component: MetadataComponent): string | undefined {
    if (component.type === 'CustomField') return this.#problemOfField(component);
    if (component.type !== 'CustomObject') return undefined;
    const { fullName } = component;
    const isWrong = customEnding.test(fullName) && !customName.test(fullName);
    return isWrong ? `"${fullName}" is not a valid name for a custom object` : undefined;
  }

  /** Returns why a component cannot be deleted. */
  problemOfDeletion({ type, fullName }: ComponentName): string | undefined {
    if (type === 'CustomObject') {
      return isStandard(fullName) ? `Cannot delete the standard object ${fullName}` : this.#referenceTo(fullName);
    }
    if (type === 'CustomField') {
      const isOfOrg = isStandard(fullName.slice(fullName.indexOf('.') + 1));
      return isOfOrg ? `Cannot delete the standard field ${fullName}` : undefined;
    }
    if (type !== 'GlobalValueSet') return undefined;
    const user = [...this.#schema.components.values()].find((each) => valueSetName(each) === fullName);
    return user && `This value set is used by the field ${user.fullName}`;
  }

  #problemOfField(component: MetadataComponent): string | undefined {
    const [object = '', name = ''] = component.fullName.split('.');
    if (!name.endsWith('__c')) return undefined;
    if (!customName.test(name)) return `"${name}" is not a valid name for a custom field`;
    const type = this.#next.type(object);
    if (!type) {
      const isKept = !customEnding.test(object) || this.#schema.components.has(keyOfObject(object));
      return isKept ? undefined : `The org has no object ${object}`;
    }
    if (type.definition.madeWhenQueried === true) return `The object ${type.name} takes no custom fields`;
    const set = valueSetName(component);
    if (set !== undefined && !this.#schema.components.has(componentKey({ type: 'GlobalValueSet', fullName: set }))) {
      return `In field: valueSet - no GlobalValueSet named ${set} found`;
    }
    const parent = type.field(name)?.definition.referenceTo?.find((each) => this.#isMissing(each));
    if (parent !== undefined) return `referenceTo value of '${parent}' does not resolve to a valid sObject type`;
    return this.#problemOfNumber(type) ?? this.#problemOfChildren(type, name) ?? this.#problemOfValues(object, name);
  }

  #problemOfNumber({ name, fields }: SObjectType): string | undefined {
    const count = fields.filter((field) => customEnding.test(field.name)).length;
    return count > mostFields ? `${name} would have ${count} custom fields, but may have ${mostFields}` : undefined;
  }

  /** In its parent, the children of one lookup must not have the name of others. */
  #problemOfChildren(type: SObjectType, name: string): string | undefined {
    const [parent = ''] = type.field(name)?.definition.referenceTo ?? [];
    const children = this.#next.type(parent)?.definition.children ?? [];
    const own = children.find((child) => child.childObject === type.name && child.field === name);
    const same = children.filter((child) => child.name.toLowerCase() === own?.name.toLowerCase());
    const shown = own?.name.replace(/__r$/, '') ?? '';
    return same.length > 1 ? `There is already a Child Relationship named ${shown} on ${parent}` : undefined;
  }

  #isMissing(object: string): boolean {
    return customEnding.test(object) && !this.#next.type(object);
  }

  #problemOfValues(object: string, name: string): string | undefined {
    const { store } = this.#schema;
    const field = store.model.type(object)?.field(name);
    const next = this.#next.type(object)?.field(name);
    return field && next && problemOfValues(store, { object, field, next });
  }

  #referenceTo(object: string): string | undefined {
    for (const { name, fields } of this.#schema.definitions) {
      const field = Object.entries(fields).find(([, { referenceTo = [] }]) => {
        return referenceTo.some((each) => each.toLowerCase() === object.toLowerCase());
      });
      if (field) return `This custom object is referenced elsewhere in salesforce.com: ${name}.${field[0]}`;
    }
    return undefined;
  }
}

function keyOfObject(fullName: string): string {
  return componentKey({ type: 'CustomObject', fullName });
}

/** Name of the global value set that a field uses. */
function valueSetName(component: MetadataComponent): string | undefined {
  if (component.type !== 'CustomField') return undefined;
  const field = readXmlNode(soleText(component));
  const valueSet = field.children.find(({ name }) => name === 'valueSet');
  return valueSet && textIn(valueSet, 'valueSetName');
}
