import { interchangeableField, interchangeableNames } from '../../contract/interchangeableNames.js';
import type { DescribedField, DescribeResult } from '../../contract/query.js';

/** What of TransactionJournal this org has and this user may write. Names compare without case, as in the org. */
export interface JournalTarget {
  /** The field of this name; undefined if the org has none, or hides it from this user. */
  field(name: string): DescribedField | undefined;
  /** Every name that a journal may be given, as the org spells it: writable fields, and the names that stand for one. */
  readonly writableNames: readonly string[];
}

/** @param describe the org's description of TransactionJournal */
export function journalTarget(describe: DescribeResult): JournalTarget {
  const fields = new Map(describe.fields.map((each) => [each.name.toLowerCase(), each]));
  const field = (name: string): DescribedField | undefined => fields.get(name.toLowerCase());
  const isWritable = (each: DescribedField | undefined): boolean => each !== undefined && each.createable !== false;
  const standIns = Object.keys(interchangeableNames).filter((name) =>
    isWritable(field(interchangeableField(name) ?? '')),
  );
  const own = describe.fields.filter(isWritable).map(({ name }) => name);
  return { field, writableNames: [...new Set([...own, ...standIns])] };
}

/** What kind of value a field takes; `other` where we leave the judgment to the org. */
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

/** A field that is not described is `other`, except ActivityDate, which is a date-time in every org. */
export function kindOf(name: string, field: DescribedField | undefined): FieldKind {
  if (field === undefined) return name === 'ActivityDate' ? 'datetime' : 'other';
  return kindByType.get(field.type.toLowerCase()) ?? 'other';
}
