import { interchangeableField, interchangeableNames } from '../../contract/interchangeableNames.js';
import type { DescribedField, DescribeResult } from '../../contract/query.js';
import type { MemberFields } from '../members/memberColumns.js';
import type { RouteInput } from '../../transaction.js';

/**
 * The fields of TransactionJournal that this org has and this user may write. Names are compared without case, as in
 * the org.
 */
export interface JournalTarget {
  /** Returns the field of this name, or undefined if the org does not have it or hides it from this user. */
  field(name: string): DescribedField | undefined;
  /** Every name that a journal may use, as the org spells it: writable fields, and other names of such fields. */
  readonly writableNames: readonly string[];
  /** Whether journals are stored as records, which have Ids where a real-time request may have names. */
  readonly isRecord?: boolean | undefined;
  /** What every journal needs for the run's route, besides what all journals need. */
  readonly required?: { readonly name: RouteInput; readonly route: string } | undefined;
  /** Returns the route that takes something of this name in place of a field, if the run's route does not. */
  routeOf?(name: string): string | undefined;
  /** The org's description of members. Set if members whom the program does not have are enrolled on the way. */
  readonly members?: MemberFields | undefined;
}

const inputTypes: Readonly<Record<RouteInput, string>> = {
  PointsToCredit: 'double',
  ProgramCurrencyName: 'string',
  UsageIncrementForCumulativePromotion: 'double',
};

/** Names that are looked up for a record. */
const lookedUp: ReadonlySet<string> = new Set(['MemberId', 'JournalTypeId', 'JournalSubTypeId']);

/** Returns the field whose Id a record of TransactionJournal needs instead of this name, if it cannot have the name. */
export function idInsteadOf(name: string): string | undefined {
  const field = interchangeableField(name);
  return field === undefined || lookedUp.has(field) ? undefined : field;
}

export interface JournalTargetOptions {
  readonly isRecord?: boolean | undefined;
  /** What the route takes beside the fields of the journal. Spelled as it is, with its case. */
  readonly inputs?: readonly RouteInput[] | undefined;
  /** The org's description of members, if a run may enroll some. */
  readonly members?: MemberFields | undefined;
}

/** @param describe the org's description of TransactionJournal */
export function journalTarget(
  describe: DescribeResult,
  { isRecord = false, inputs = [], members }: JournalTargetOptions = {},
): JournalTarget {
  const taken = inputs.map((name): DescribedField => ({ name, type: inputTypes[name], createable: true }));
  const fields = new Map(describe.fields.map((each) => [each.name.toLowerCase(), each]));
  const field = (name: string): DescribedField | undefined =>
    fields.get(name.toLowerCase()) ?? taken.find((each) => each.name === name);
  const isWritable = (each: DescribedField | undefined): boolean => each !== undefined && each.createable !== false;
  const standIns = Object.keys(interchangeableNames)
    .filter((name) => !isRecord || idInsteadOf(name) === undefined)
    .filter((name) => isWritable(field(interchangeableField(name) ?? '')));
  const own = describe.fields.filter(isWritable).map(({ name }) => name);
  return { field, writableNames: [...new Set([...own, ...standIns, ...inputs])], isRecord, members };
}

/** Kind of value that a field takes. For `other`, the org decides whether a value fits. */
export type FieldKind = 'date' | 'datetime' | 'number' | 'boolean' | 'text' | 'id' | 'other';

const kindByType: ReadonlyMap<string, FieldKind> = new Map([
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['boolean', 'boolean'],
  ...['double', 'currency', 'percent', 'int', 'long'].map((type) => [type, 'number'] as const),
  ...['string', 'textarea', 'picklist', 'multipicklist', 'combobox', 'email', 'phone', 'url', 'encryptedstring'].map(
    (type) => [type, 'text'] as const,
  ),
  ...['id', 'reference'].map((type) => [type, 'id'] as const),
]);

/**
 * Returns the kind of a field. A field that is not described is `other`, except ActivityDate, which is a date-time in
 * every org.
 */
export function kindOf(name: string, field: DescribedField | undefined): FieldKind {
  if (field === undefined) return name === 'ActivityDate' ? 'datetime' : 'other';
  return kindByType.get(field.type.toLowerCase()) ?? 'other';
}
