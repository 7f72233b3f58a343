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
  readonly children?: readonly ChildRelationship[];
  readonly companions?: readonly CompanionRecords[];
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
