import { readDecimal } from '../base/decimal.js';
import { isSameId } from '../base/sameId.js';
import type { JournalRow } from '../client/index.js';
import type { DescribeResult } from '../contract/query.js';
import type { OutboxItem } from '../outbox/index.js';
import { contentFieldOf } from '../transaction.js';

type DescribedField = DescribeResult['fields'][number];

/** Which content fields of a journal this user can see in the org, and how precisely the org stores them. */
export interface ContentShape {
  /** Paths as SOQL spells them. */
  readonly paths: readonly string[];
  /** Returns a field by name, such as `TransactionAmount`. Undefined if this user cannot see it. */
  field(name: string): DescribedField | undefined;
}

/** SOQL paths of content fields, and the field that must be visible to read them. */
const paths: Readonly<Record<string, string>> = {
  RelatedJournalId: 'RelatedJournalId',
  ActivityDate: 'ActivityDate',
  TransactionAmount: 'TransactionAmount',
  Quantity: 'Quantity',
  Distance: 'Distance',
  JournalTypeId: 'JournalTypeId',
  'JournalType.Name': 'JournalTypeId',
  JournalSubTypeId: 'JournalSubTypeId',
  'JournalSubType.Name': 'JournalSubTypeId',
  'Member.MembershipNumber': 'MemberId',
};

export function contentShape({ fields }: DescribeResult): ContentShape {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    paths: Object.keys(paths).filter((path) => byName.has(paths[path] ?? '')),
    field: (name) => byName.get(name),
  };
}

/**
 * Returns the names of the content fields in which a journal in the org differs from an item. Values are compared by
 * described type: decimals at the field's scale, instants to the second. Fields that the item does not have or this
 * user cannot see are not compared, and neither is the member.
 */
export function differingFields(item: Pick<OutboxItem, 'journal'>, journal: JournalRow, shape: ContentShape): string[] {
  return Object.entries(item.journal).flatMap(([name, value]) => {
    const field = contentFieldOf(name);
    return field === undefined || isSame(field, String(value), { journal, shape }) ? [] : [name];
  });
}

interface Side {
  readonly journal: JournalRow;
  readonly shape: ContentShape;
}

function isSame(field: string, value: string, { journal, shape }: Side): boolean {
  switch (field) {
    case 'JournalType':
      return !shape.field('JournalTypeId') || isSameText(value, journal.JournalType?.Name);
    case 'JournalSubType':
      return !shape.field('JournalSubTypeId') || isSameText(value, journal.JournalSubType?.Name);
    case 'JournalTypeId':
    case 'JournalSubTypeId':
      return !shape.field(field) || isSameId(value, journal[field]);
    case 'ActivityDate':
      return !shape.field(field) || isSameInstant(value, journal.ActivityDate);
    case 'TransactionAmount':
    case 'Quantity':
    case 'Distance':
      return !shape.field(field) || isSameNumber(value, journal[field], scaleOf(shape.field(field)));
    default:
      return true;
  }
}

/** Compares as the org does, without case. */
function isSameText(value: string, found: string | null | undefined): boolean {
  return value.toLowerCase() === found?.toLowerCase();
}

function isSameInstant(value: string, found: string | null | undefined): boolean {
  if (!found) return false;
  return Math.floor(Date.parse(value) / 1000) === Math.floor(Date.parse(found) / 1000);
}

function isSameNumber(value: string, found: number | null | undefined, scale: number): boolean {
  const [ours, theirs] = [readDecimal(value), readDecimal(String(found ?? ''))];
  if (!ours || !theirs) return false;
  return ours.toDecimalPlaces(scale).equals(theirs.toDecimalPlaces(scale));
}

function scaleOf(field: DescribedField | undefined): number {
  const scale = field?.['scale'];
  return typeof scale === 'number' ? scale : 2;
}
