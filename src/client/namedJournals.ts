import { z } from 'zod';
import type { JournalLookUps } from './journalFields.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

const Names = z.object({ Name: z.string().nullable() }).nullable();

/** A TransactionJournal as a person names it and knows it. */
const LookedUpJournal = z.object({
  Id: z.string(),
  /** The org's own number. */
  Name: z.string().nullable(),
  ExternalTransactionNumber: z.string().nullable(),
  Status: z.string().nullable(),
  ActivityDate: z.string().nullable(),
  RelatedJournalId: z.string().nullable(),
  MemberId: z.string().nullable(),
  Member: z.object({ MembershipNumber: z.string().nullable() }).nullable(),
  JournalType: Names,
});
export type LookedUpJournal = z.infer<typeof LookedUpJournal>;

const fields =
  'Id, Name, ExternalTransactionNumber, Status, ActivityDate, RelatedJournalId, MemberId, Member.MembershipNumber, ' +
  'JournalType.Name';

/** Returns the journals of a program with this Id, number, or external transaction number, which is not unique. */
export async function readNamedJournals(
  { query, programs }: Pick<JournalLookUps, 'query' | 'programs'>,
  program: string,
  wanted: string,
): Promise<LookedUpJournal[]> {
  const { Id: programId } = await programs.get(program);
  const literal = soqlText(wanted);
  const byId = isJournalId(wanted) ? ` OR Id = ${literal}` : '';
  const rows = await query.allRows(
    `SELECT ${fields} FROM TransactionJournal WHERE (Name = ${literal} OR ExternalTransactionNumber = ${literal}${byId}) ` +
      `AND (LoyaltyProgramId = ${soqlText(programId)} OR LoyaltyProgramId = null) ORDER BY CreatedDate`,
    LookedUpJournal,
  );
  // SOQL ignores case.
  const exact = rows.filter((row) => row.ExternalTransactionNumber === wanted);
  return exact.length > 0 ? exact : rows;
}

/** Returns the journals that are related to this one: what cancels it, adjusts it or shares its points. */
export async function readRelatedJournals(query: QueryResource, journalId: string): Promise<LookedUpJournal[]> {
  const soql = `SELECT ${fields} FROM TransactionJournal WHERE RelatedJournalId = ${soqlText(journalId)} ORDER BY CreatedDate`;
  return query.allRows(soql, LookedUpJournal);
}

/** The key prefix is from the data model. */
function isJournalId(text: string): boolean {
  return /^0lV[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(text);
}
