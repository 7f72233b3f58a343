import type { FieldDefinition, SObjectDefinition } from '../../../contract/sobject.js';
import { labelOf } from './labels.js';
import { systemFields } from './systemFields.js';
import { withTwinFields } from './twinFields.js';

/** A field as the org knows it: its definition under its canonical API name. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly definition: FieldDefinition;
  /** One of `Id`, `CreatedDate` …, which only the org writes. */
  readonly system: boolean;
}

/** May a row be named by this field instead of by its id? External IDs may, and standard fields marked idLookup. */
export function isKey({ definition }: Field): boolean {
  return definition.externalId === true || definition.idLookup === true;
}

/** An sObject with its system fields. Names are matched without case, as in an org. */
export class SObjectType {
  public readonly name: string;
  /** System fields first, then the object's own in the order of its definition. */
  public readonly fields: readonly Field[];
  /** Those that must be given on create. */
  public readonly requiredFields: readonly Field[];
  /** What a row is called by. Some objects have none. */
  public readonly nameField: Field | undefined;
  readonly #byName = new Map<string, Field>();
  readonly #byRelationship = new Map<string, Field>();

  public constructor(public readonly definition: SObjectDefinition) {
    this.name = definition.name;
    this.fields = [
      ...Object.entries(systemFields).map(([name, field]) => toField(name, field, true)),
      ...Object.entries(definition.fields).map(([name, field]) => toField(name, field, false)),
    ];
    this.requiredFields = this.fields.filter(({ definition }) => definition.required === true);
    this.nameField = this.fields.find(({ name }) => name === 'Name') ?? this.fields.find(isNumberOfRow);
    for (const field of this.fields) {
      this.#byName.set(field.name, field).set(field.name.toLowerCase(), field);
      const { relationshipName } = field.definition;
      if (relationshipName) this.#byRelationship.set(relationshipName.toLowerCase(), field);
    }
  }

  public field(name: string): Field | undefined {
    // The exact spelling is the usual one, and this runs for every value of every row.
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  /** The reference field behind a relationship name: `Member` → `MemberId`. */
  public relationship(name: string): Field | undefined {
    return this.#byRelationship.get(name.toLowerCase());
  }
}

/** Fields that an org has added: object name → field name → definition. */
export type CustomFields = Readonly<Record<string, Readonly<Record<string, FieldDefinition>>>>;

/** Every sObject of one org. An instance, not a constant: custom objects and fields are an org's own. */
export class ObjectModel {
  public readonly types: readonly SObjectType[];
  readonly #byName = new Map<string, SObjectType>();
  readonly #byKeyPrefix = new Map<string, SObjectType>();

  public constructor(definitions: readonly SObjectDefinition[], customFields: CustomFields = {}) {
    const complete = definitions.map((definition) => withCustomFields(definition, customFields));
    this.types = withTwinFields(complete).map((definition) => new SObjectType(definition));
    for (const type of this.types) {
      this.#byName.set(type.name, type).set(type.name.toLowerCase(), type);
      this.#byKeyPrefix.set(type.definition.keyPrefix, type);
    }
  }

  public type(name: string): SObjectType | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  /** The object that an id belongs to, by its first three characters. */
  public typeOfId(id: string): SObjectType | undefined {
    return this.#byKeyPrefix.get(id.slice(0, 3));
  }
}

/** `MembershipNumber`, `CaseNumber` …, where an object has no `Name`. */
function isNumberOfRow({ definition, system }: Field): boolean {
  const { idLookup, required, autoNumber } = definition;
  return !system && idLookup === true && (required === true || autoNumber === true);
}

function toField(name: string, definition: FieldDefinition, system: boolean): Field {
  return { name, label: definition.label ?? labelOf(name), definition, system };
}

function withCustomFields(definition: SObjectDefinition, customFields: CustomFields): SObjectDefinition {
  const own = customFields[definition.name];
  return own ? { ...definition, fields: { ...definition.fields, ...own } } : definition;
}
