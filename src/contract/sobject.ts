/**
 * The vocabulary in which the object model is written down: one definition per sObject, as data.
 * The local org builds its tables, its describe answers and its validation from these definitions.
 *
 * Field types are the names that a describe call answers.
 */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'base64';

export interface FieldDefinition {
  readonly type: FieldType;
  /** Must be given on create: createable, not nillable, no default. */
  readonly required?: boolean;
  /** Like every flag here: absent means no. */
  readonly createable?: boolean;
  readonly updateable?: boolean;
  /** Value that the org fills in on create. */
  readonly defaultValue?: string | number | boolean;
  /** The org fills it in on create with something that is no constant: `OwnerId` takes the calling user. */
  readonly defaultedOnCreate?: boolean;
  /** Text: most characters that the field takes. */
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Usable as the key of an upsert. */
  readonly idLookup?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  readonly autoNumber?: boolean;
  /** Of a custom auto number: `R-{00000}`, with as many digits as there are zeros, or more. */
  readonly displayFormat?: string;
  /** Computed by the org from other fields; never written by a caller. */
  readonly calculated?: boolean;
  /** Cannot stand in WHERE. */
  readonly unfilterable?: boolean;
  /** Objects that a reference may point to. */
  readonly referenceTo?: readonly string[];
  /** Name by which SOQL walks to the parent, as in `Member.MembershipNumber`. */
  readonly relationshipName?: string;
  readonly values?: readonly string[];
  /** Picklist that refuses values outside `values`. */
  readonly restricted?: boolean;
  readonly label?: string;
  /** First API version that has the field, where it is later than the object's own. */
  readonly since?: number;
}

export interface ChildRelationship {
  /** Name by which SOQL walks to the children, as in `(SELECT Id FROM LoyaltyProgramMembers)`. */
  readonly name: string;
  readonly childObject: string;
  /** Field of the child that points here. */
  readonly field: string;
  readonly cascadeDelete?: boolean;
  /**
   * What the deletion of the parent does where the children do not go with it: empties their field, or is refused as
   * long as there are any (deleteConstraint SetNull and Restrict). Without it they keep the Id.
   */
  readonly onDelete?: 'empty' | 'refuse';
}

export interface SObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of every record id. Several are local choices: see `docs/fidelity.md`. */
  readonly keyPrefix: string;
  /** First API version that has the object. */
  readonly since: number;
  readonly createable?: boolean;
  readonly updateable?: boolean;
  readonly deletable?: boolean;
  /** False for platform events, which can only be subscribed to. */
  readonly queryable?: boolean;
  /** False for objects that SOSL cannot search. */
  readonly searchable?: boolean;
  /**
   * Without the system fields (`Id`, `IsDeleted`, `CreatedDate` …), which every object has, and without
   * `CurrencyIsoCode`, which only multi-currency orgs have. `OwnerId` is listed: many objects have no owner.
   */
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly children?: readonly ChildRelationship[];
}
