import { transactionsPerPage } from '../../../contract/endpoints/transactionEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import { parentOf, textOrNull } from '../rowValues.js';
import { isWithin } from './journalPeriod.js';
import type { JournalPeriod } from './journalPeriod.js';

/** Which of a member's journals are wanted. */
export interface JournalFilter {
  readonly period: JournalPeriod;
  readonly typeName?: string | undefined;
  readonly subTypeName?: string | undefined;
}

/** A journal, and the names of its type and subtype. */
export interface NamedJournal {
  readonly journal: SObjectRow;
  readonly typeName: string | null;
  readonly subTypeName: string | null;
}

/** @throws {ProcessFailure} HTTP 200 with `status: false` */
export function memberWithNumber({ members }: LoyaltyOrg, program: Program, membershipNumber: string): Member {
  const member = members.numbered(program.id, membershipNumber);
  if (member) return member;
  throw new ProcessFailure(`No member of ${program.name} has the membership number ${membershipNumber}.`);
}

/** Whatever their status; by creation, the newest first. */
export function memberJournals(store: Store, member: Member, filter: JournalFilter): NamedJournal[] {
  return store
    .find('TransactionJournal', { MemberId: member.id })
    .filter((journal) => isWithin(String(journal['ActivityDate']), filter.period))
    .map((journal) => ({
      journal,
      typeName: textOrNull(parentOf(store, journal, 'JournalTypeId', 'JournalType'), 'Name'),
      subTypeName: textOrNull(parentOf(store, journal, 'JournalSubTypeId', 'JournalSubType'), 'Name'),
    }))
    .filter(({ typeName, subTypeName }) => isSame(filter.typeName, typeName) && isSame(filter.subTypeName, subTypeName))
    .reverse();
}

/** @param pageNumber counts from 1 */
export function pageOf<T>(rows: readonly T[], pageNumber: number): T[] {
  return rows.slice((pageNumber - 1) * transactionsPerPage, pageNumber * transactionsPerPage);
}

/** Names are exact, but for their case, as SQL compares them. */
function isSame(wanted: string | undefined, name: string | null): boolean {
  return wanted === undefined || wanted.toLowerCase() === name?.toLowerCase();
}
