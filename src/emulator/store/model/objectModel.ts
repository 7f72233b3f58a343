import type { FieldDefinition, SObjectDefinition } from '../../../contract/sobject.js';
import { labelOf } from './fieldLabels.js';
import { systemFields } from './systemFields.js';
import { withTwinFields } from './twinFields.js';

/** A field of an object: its canonical API name, its label and its definition. */
export interface ModelField {
  readonly name: string;
  readonly label: string;
  readonly definition: FieldDefinition;
  /** Whether only the org writes the field, like `Id` and `CreatedDate`. */
  readonly system: boolean;
}

/**
 * Whether a row can be identified by this field instead of its id: External IDs and standard fields marked idLookup.
 */
export function isKey({ definition }: ModelField): boolean {
  return definition.externalId === true || definition.idLookup === true;
}

/** An sObject with its system fields. Field names ignore case, as in an org. */
export class SObjectType {
  readonly name: string;
  /** System fields first, then the object's own fields in the order of its definition. */
  readonly fields: readonly ModelField[];
  /** Fields that a new row must have, also those that it needs only where another has no value. */
  readonly requiredFields: readonly ModelField[];
  /** The field with a row's name. Some objects have none. */
  readonly nameField: ModelField | undefined;
  readonly #byName = new Map<string, ModelField>();
  readonly #byRelationship = new Map<string, ModelField>();

  constructor(readonly definition: SObjectDefinition) {
    this.name = definition.name;
    this.fields = [
      ...Object.entries(systemFields).map(([name, field]) => toField(name, field, true)),
      ...Object.entries(definition.fields).map(([name, field]) => toField(name, field, false)),
    ];
    this.requiredFields = this.fields.filter(
      ({ definition: { required, requiredUnless } }) => required === true || requiredUnless !== undefined,
    );
    this.nameField =
      this.fields.find(isAssignedNumber) ??
      this.fields.find(({ name }) => name === 'Name') ??
      this.fields.find(isNumberOfRow);
    for (const field of this.fields) {
      this.#byName.set(field.name, field).set(field.name.toLowerCase(), field);
      const { relationshipName } = field.definition;
      if (relationshipName) this.#byRelationship.set(relationshipName.toLowerCase(), field);
    }
  }

  field(name: string): ModelField | undefined {
    // This runs for every value of every row, and names are usually spelled exactly.
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  /** Returns the reference field of a relationship: `Member` → `MemberId`. */
  relationship(name: string): ModelField | undefined {
    return this.#byRelationship.get(name.toLowerCase());
  }
}

/** An org's own fields: object name → field name → definition. */
export type CustomFields = Readonly<Record<string, Readonly<Record<string, FieldDefinition>>>>;

/**
 * All sObjects of one org. It is not a constant, because each org has its own custom objects and fields, and a deploy
 * changes them.
 */
export class ObjectModel {
  #types: readonly SObjectType[] = [];
  #definitions: readonly SObjectDefinition[] = [];
  readonly #byName = new Map<string, SObjectType>();
  readonly #byKeyPrefix = new Map<string, SObjectType>();
  readonly #customFields: CustomFields;

  constructor(definitions: readonly SObjectDefinition[], customFields: CustomFields = {}) {
    this.#customFields = customFields;
    this.replace(definitions);
  }

  /** A new list whenever the model has changed. */
  get types(): readonly SObjectType[] {
    return this.#types;
  }

  /** What the model was made of, without the custom fields that were given in code. */
  get definitions(): readonly SObjectDefinition[] {
    return this.#definitions;
  }

  /** Only for the store, which changes its tables with it. Objects that stay the same keep their type. */
  replace(definitions: readonly SObjectDefinition[]): void {
    this.#definitions = definitions;
    const complete = definitions.map((definition) => withCustomFields(definition, this.#customFields));
    this.#types = withTwinFields(complete).map((definition) => {
      const known = this.#byName.get(definition.name);
      return known && isSameDefinition(known.definition, definition) ? known : new SObjectType(definition);
    });
    this.#byName.clear();
    this.#byKeyPrefix.clear();
    for (const type of this.#types) {
      this.#byName.set(type.name, type).set(type.name.toLowerCase(), type);
      this.#byKeyPrefix.set(type.definition.keyPrefix, type);
    }
  }

  type(name: string): SObjectType | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  /** Returns the object that an id belongs to, according to its key prefix. */
  typeOfId(id: string): SObjectType | undefined {
    return this.#byKeyPrefix.get(id.slice(0, 3));
  }
}

/** Whether the org names each row by this number, even if rows may have a `Name`: `OrderNumber`. */
function isAssignedNumber({ definition, name }: ModelField): boolean {
  return definition.autoNumber === true && definition.idLookup === true && !name.endsWith('__c');
}

/** Rules and companions are code, which no deploy changes. */
function isSameDefinition(known: SObjectDefinition, definition: SObjectDefinition): boolean {
  return known === definition || JSON.stringify(known) === JSON.stringify(definition);
}

/** Whether the field serves as the name in an object without `Name`: `MembershipNumber`, `CaseNumber`. */
function isNumberOfRow({ definition, system }: ModelField): boolean {
  const { idLookup, required, autoNumber } = definition;
  return !system && idLookup === true && (required === true || autoNumber === true);
}

function toField(name: string, definition: FieldDefinition, system: boolean): ModelField {
  return { name, label: definition.label ?? labelOf(name), definition, system };
}

function withCustomFields(definition: SObjectDefinition, customFields: CustomFields): SObjectDefinition {
  const own = customFields[definition.name];
  return own ? { ...definition, fields: { ...definition.fields, ...own } } : definition;
}
