/**
 * Types of the object model, which has one definition per sObject, as data. The local org builds its tables, its
 * describe answers and its validation from these definitions.
 *
 * Field types have the names that describe uses.
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
 * a percentage of a whole above zero; a product, divided by a constant; texts joined by spaces; the value that belongs to
 * one of a picklist, which callers may overwrite if the field is createable; the fiscal year, quarter or both of a date.
 * From another: a copy of a field of the record that a reference points to, which follows its changes.
 */
export type Calculation =
  | { readonly plus: readonly string[]; readonly minus?: readonly string[] }
  | { readonly part: string; readonly whole: string }
  | { readonly product: readonly string[]; readonly dividedBy?: number }
  | { readonly joined: readonly string[] }
  | ValueByValue
  | { readonly fiscal: 'year' | 'quarter' | 'yearAndQuarter'; readonly of: string }
  | { readonly copyOf: string; readonly behind: string };

/** The value of a field for each value of a picklist. */
export interface ValueByValue {
  readonly byValueOf: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
  readonly otherwise?: string | number | boolean;
}

export interface FieldDefinition {
  readonly type: FieldType;
  /** Whether the field must be given on create. Such a field is createable, not nillable, and has no default. */
  readonly required?: boolean;
  /** The field is required only where this other field has no value. */
  readonly requiredUnless?: string;
  /** Whether callers can write the field on create. As for all flags here, absent means no. */
  readonly createable?: boolean;
  readonly updateable?: boolean;
  /** Value that the org uses if none is given on create. */
  readonly defaultValue?: string | number | boolean;
  /** Whether the org sets it on create to a value that is not constant: `OwnerId` gets the calling user. */
  readonly defaultedOnCreate?: boolean;
  /** Text: maximum number of characters. */
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Whole number: maximum number of digits. Default: the limit of the type. */
  readonly digits?: number;
  /** Whether the field can be the key of an upsert. */
  readonly idLookup?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly caseSensitive?: boolean;
  readonly autoNumber?: boolean;
  /** Format of a custom auto number: `R-{00000}` has at least as many digits as zeros. */
  readonly displayFormat?: string;
  /** Text: if no value is given, the org generates a code with this number of characters. */
  readonly generatedCode?: number;
  /** Whether the org computes it from other fields. Callers can never write it. */
  readonly calculated?: boolean;
  /** How the org computes it. Absent if the local org does not compute it. */
  readonly calculation?: Calculation;
  /** Whether filters on it are indexed, although it is neither a reference nor a key. */
  readonly indexed?: boolean;
  /** Whether the field is not allowed in WHERE. */
  readonly unfilterable?: boolean;
  /** Objects that a reference may refer to. */
  readonly referenceTo?: readonly string[];
  /** Name of the relationship to the parent in SOQL, as in `Member.MembershipNumber`. */
  readonly relationshipName?: string;
  /**
   * Whether it is a master-detail relationship: the record is deleted with its parent, and writing it locks the parent.
   */
  readonly masterDetail?: boolean;
  /**
   * Lookup: what happens when the parent is deleted. Either this record is deleted too, the field is emptied, or the
   * deletion is refused (deleteConstraint Cascade, SetNull and Restrict). If absent, the field keeps the Id of the
   * deleted parent.
   */
  readonly onParentDelete?: 'cascade' | 'empty' | 'refuse';
  /** Lookup: whether writing this record locks the parent, as in a master-detail relationship. */
  readonly locksParent?: boolean;
  readonly values?: readonly string[];
  /** Labels that users see instead of values. A value without a label is its own label. */
  readonly valueLabels?: Readonly<Record<string, string>>;
  /** Picklist: whether values that are not in `values` are refused. */
  readonly restricted?: boolean;
  readonly label?: string;
  /** Compound field that the field is a part of: `BillingAddress`, `Name`. */
  readonly partOf?: string;
  /** First API version with the field. Default: that of the object. */
  readonly since?: number;
}

export interface ChildRelationship {
  /** Name of the relationship to the children in SOQL, as in `(SELECT Id FROM LoyaltyProgramMembers)`. */
  readonly name: string;
  readonly childObject: string;
  /** Field of the child that refers to this object. */
  readonly field: string;
}

/** Values of a record by field name. */
export type RecordValues = Readonly<Record<string, string | number | boolean | null>>;

/** Finds the records of an object with the given values, oldest first. Deleted records are not found. */
export type FindRecords = (objectName: string, values: RecordValues) => readonly RecordValues[];

/** Records that the org creates together with each new record, for all callers and APIs. */
export interface CompanionRecords {
  readonly object: string;
  /** Returns the fields of each companion. `record` is the new record as stored. */
  readonly valuesFor: (record: RecordValues, find: FindRecords) => readonly RecordValues[];
}

/**
 * A record that shows the values of another one: an account that is a person, and the contact behind it. What is written
 * to one of them is written to both.
 */
export interface TwinRecord {
  readonly object: string;
  /** Checkbox of this object that says whether a record has a twin. */
  readonly flag: string;
  /** Field of this object that holds the Id of the twin. */
  readonly idField: string;
  /** Field of the twin that holds the Id of this record. Only on the side that is inserted first, and brings the other. */
  readonly backField?: string;
  /** Field of this object → field of the twin. */
  readonly fields: Readonly<Record<string, string>>;
  /** What names of a team's own fields end in on either side, where the twin's are fields of this object too. */
  readonly ownFields: { readonly here: string; readonly there: string };
}

/** Why a record may not be saved or deleted. */
export interface SaveRefusal {
  readonly errorCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export interface SObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of each record id. Some are invented (see `docs/fidelity.md`). */
  readonly keyPrefix: string;
  /** First API version with the object. */
  readonly since: number;
  readonly createable?: boolean;
  readonly updateable?: boolean;
  readonly deletable?: boolean;
  /** Whether only the SOAP API can delete records, although describe says that they are deletable. */
  readonly deletedBySoapOnly?: boolean;
  /** False for platform events, which can only be subscribed to. */
  readonly queryable?: boolean;
  /** Whether its records describe the org itself, so that they are made when a query asks for them, and not stored. */
  readonly madeWhenQueried?: boolean;
  /** Whether an org has so few of its records that one of them is referred to by many others. */
  readonly hasFewRecords?: boolean;
  /** False for objects that SOSL cannot search. */
  readonly searchable?: boolean;
  /**
   * Fields, without the system fields that every object has (`Id`, `IsDeleted`, `CreatedDate` …) and without
   * `CurrencyIsoCode`, which only multi-currency orgs have. `OwnerId` is included, because many objects have no owner.
   */
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  /** Whether its records have a `CurrencyIsoCode` in a multi-currency org: those that can be created do, unless given. */
  readonly hasCurrencyIsoCode?: boolean;
  readonly children?: readonly ChildRelationship[];
  readonly companions?: readonly CompanionRecords[];
  /** Values that the org derives for a new record, whoever creates it. They are for fields that were left empty. */
  readonly derivedOnCreate?: (record: RecordValues, find: FindRecords) => RecordValues;
  /** An object that has twins has a save rule, too. */
  readonly twin?: TwinRecord;
  /**
   * A rule between records, or between fields, checked on every insert and update. `record` is the record as it would be
   * stored; `given` are the fields that a caller writes, and empty when the org itself does.
   */
  readonly saveRule?: (record: RecordValues, find: FindRecords, given: ReadonlySet<string>) => SaveRefusal | undefined;
  /** Which records callers may not delete, unless their parent goes. */
  readonly deleteRule?: (record: RecordValues) => SaveRefusal | undefined;
}
