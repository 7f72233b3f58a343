import type { JournalRow } from '../../client/index.js';
import { contentFieldOf } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import type { DifferenceStatus } from './difference.js';

/** What a content field is called in a report, and what an org's journal has in it. */
const reported: Readonly<
  Record<
    string,
    {
      readonly status: DifferenceStatus;
      readonly noun: string;
      of(journal: JournalRow): string | number | null | undefined;
    }
  >
> = {
  ActivityDate: { status: 'date', noun: 'date', of: (journal) => journal.ActivityDate },
  JournalType: { status: 'type', noun: 'type', of: (journal) => journal.JournalType?.Name },
  JournalTypeId: { status: 'type', noun: 'type', of: (journal) => journal.JournalTypeId },
  JournalSubType: { status: 'subtype', noun: 'subtype', of: (journal) => journal.JournalSubType?.Name },
  JournalSubTypeId: { status: 'subtype', noun: 'subtype', of: (journal) => journal.JournalSubTypeId },
  TransactionAmount: { status: 'amount', noun: 'amount', of: (journal) => journal.TransactionAmount },
  Quantity: { status: 'quantity', noun: 'quantity', of: (journal) => journal.Quantity },
  Distance: { status: 'distance', noun: 'distance', of: (journal) => journal.Distance },
};

/** Returns what an org's journal has in a field of the content, under any name that a mapping can send it by. */
export function contentValue(name: string, journal: JournalRow): string | number | null | undefined {
  return reported[contentFieldOf(name) ?? '']?.of(journal);
}

export interface FieldDifference {
  readonly status: DifferenceStatus;
  readonly noun: string;
  readonly expected: string;
  readonly found: string | undefined;
}

/**
 * Returns what to report of the fields in which a journal differs.
 * @param names of the transaction's fields, as the mapping spells them
 */
export function fieldDifferences(
  names: readonly string[],
  fields: Transaction['journal'],
  journal: JournalRow,
): FieldDifference[] {
  return names.flatMap((name) => {
    const report = reported[contentFieldOf(name) ?? ''];
    if (report === undefined) return [];
    const { status, noun } = report;
    const found = report.of(journal);
    const text = found === null || found === undefined ? undefined : String(found);
    return [{ status, noun, expected: String(fields[name]), found: text }];
  });
}
