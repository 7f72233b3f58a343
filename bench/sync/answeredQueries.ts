import { journalId } from './journalResults.js';

interface SentJournal {
  readonly ExternalTransactionNumber: string;
  readonly MembershipNumber: string;
  readonly ActivityDate?: string;
  readonly JournalTypeName?: string;
  readonly JournalSubTypeName?: string;
  readonly TransactionAmount?: string | number;
  readonly Quantity?: string | number;
}

/**
 * Answers that every requested program and member exists, and shows the journals of these bodies, because a sync looks
 * for what the org has just confirmed. Counts of journals are 0: nobody else sends.
 */
export function answerQuery(soql: string, bodies: readonly Buffer[]): unknown {
  const records = recordsFor(soql, bodies);
  return { totalSize: records.length, done: true, records };
}

function recordsFor(soql: string, bodies: readonly Buffer[]): object[] {
  if (soql.includes('FROM LoyaltyProgramMember')) return listed(soql).map(member);
  if (soql.includes('FROM LoyaltyProgram'))
    return [{ Id: programId, Name: 'Harbour Rewards', Status: 'Active', IsActive: true }];
  if (soql.includes('FROM Organization')) return [{ Id: '00D000000000000AAA' }];
  if (!soql.includes('FROM TransactionJournal') || soql.includes('COUNT()')) return [];
  const wanted = new Set(listed(soql));
  return bodies
    .flatMap((body) => (JSON.parse(body.toString()) as { transactionJournals: SentJournal[] }).transactionJournals)
    .filter(({ ExternalTransactionNumber }) => wanted.has(ExternalTransactionNumber))
    .map(journalRow);
}

const programId = '0lp000000000000AAA';
const memberId = '0lM000000000000AAA';

/** Returns the texts of `IN (…)`. */
function listed(soql: string): string[] {
  return [...(/ IN \((.*)\)/.exec(soql)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
}

function member(MembershipNumber: string): object {
  const absent = { EnrollmentDate: null, ContactId: null };
  return { Id: memberId, MembershipNumber, MemberStatus: 'Active', MemberType: 'Individual', ...absent };
}

function journalRow(sent: SentJournal): object {
  const { ExternalTransactionNumber, MembershipNumber, TransactionAmount, Quantity } = sent;
  return {
    Id: journalId(ExternalTransactionNumber),
    ExternalTransactionNumber,
    Status: 'Processed',
    ErrorDescription: null,
    MemberId: memberId,
    LoyaltyProgramId: programId,
    RelatedJournalId: null,
    CreatedDate: new Date().toISOString(),
    ActivityDate: sent.ActivityDate ?? null,
    JournalTypeId: '0lE000000000000AAA',
    JournalType: { Name: sent.JournalTypeName ?? null },
    JournalSubTypeId: '0lS000000000000AAA',
    JournalSubType: { Name: sent.JournalSubTypeName ?? null },
    TransactionAmount: TransactionAmount === undefined ? null : Number(TransactionAmount),
    Quantity: Quantity === undefined ? null : Number(Quantity),
    Member: { MembershipNumber },
  };
}
