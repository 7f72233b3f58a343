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

/**
 * How the org computes a field. Within one record: a sum of other fields, in which the empty ones count as zero; a part as
 * a percentage of a whole above zero; texts joined by spaces. From another: a copy of a field of the record that a
 * reference points to, which follows its changes.
 */
export type Calculation =
  | { readonly plus: readonly string[]; readonly minus?: readonly string[] }
  | { readonly part: string; readonly whole: string }
  | { readonly joined: readonly string[] }
  | { readonly copyOf: string; readonly behind: string };

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
  /** Whole number: most digits that the field takes. Without it the type alone is the limit. */
  readonly digits?: number;
  /** Usable as the key of an upsert. */
  readonly idLookup?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  readonly autoNumber?: boolean;
  /** Of a custom auto number: `R-{00000}`, with as many digits as there are zeros, or more. */
  readonly displayFormat?: string;
  /** Text: the org generates a code of that many characters when none is given. */
  readonly generatedCode?: number;
  /** Computed by the org from other fields; never written by a caller. */
  readonly calculated?: boolean;
  /** How; absent where the local org does not compute it. */
  readonly calculation?: Calculation;
  /** Filters on it are indexed, although it is neither a reference nor a key. */
  readonly indexed?: boolean;
  /** Cannot stand in WHERE. */
  readonly unfilterable?: boolean;
  /** Objects that a reference may point to. */
  readonly referenceTo?: readonly string[];
  /** Name by which SOQL walks to the parent, as in `Member.MembershipNumber`. */
  readonly relationshipName?: string;
  /** A master-detail relationship: the record is deleted with its parent, and writing it locks the parent. */
  readonly masterDetail?: boolean;
  /**
   * Of a lookup: what deleting the parent does. It deletes this record too, empties the field, or is refused
   * (deleteConstraint Cascade, SetNull and Restrict). Without it the field keeps the Id of the deleted parent.
   */
  readonly onParentDelete?: 'cascade' | 'empty' | 'refuse';
  /** Of a lookup: writing this record locks the parent all the same. */
  readonly locksParent?: boolean;
  readonly values?: readonly string[];
  /** What users see instead of a value, where it is not the value itself. */
  readonly valueLabels?: Readonly<Record<string, string>>;
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
}

/** Values of a record by field name. */
export type RecordValues = Readonly<Record<string, string | number | boolean | null>>;

/** Finds the records of an object that have these values, oldest first. Deleted records are not found. */
export type FindRecords = (objectName: string, values: RecordValues) => readonly RecordValues[];

/** Records that the org creates together with each new record, whoever inserts it and by whatever API. */
export interface CompanionRecords {
  readonly object: string;
  /** Fields of each companion. `record` is the new record as it is stored. */
  readonly valuesFor: (record: RecordValues, find: FindRecords) => readonly RecordValues[];
}

/** Why a record may not be saved. */
export interface SaveRefusal {
  readonly errorCode: string;
  readonly message: string;
  readonly fields: readonly string[];
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
  /** Describe says deletable, but only the SOAP API deletes it. */
  readonly deletedBySoapOnly?: boolean;
  /** False for platform events, which can only be subscribed to. */
  readonly queryable?: boolean;
  /** False for objects that SOSL cannot search. */
  readonly searchable?: boolean;
  /**
   * Without the system fields (`Id`, `IsDeleted`, `CreatedDate` …), which every object has, and without
   * `CurrencyIsoCode`, which only multi-currency orgs have. `OwnerId` is listed: many objects have no owner.
   */
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  /** Whether its records have a `CurrencyIsoCode` in a multi-currency org: those that can be created do, unless given. */
  readonly hasCurrencyIsoCode?: boolean;
  readonly children?: readonly ChildRelationship[];
  readonly companions?: readonly CompanionRecords[];
  /** A rule between records, checked on every insert and update. `record` is the record as it would be stored. */
  readonly saveRule?: (record: RecordValues, find: FindRecords) => SaveRefusal | undefined;
}
