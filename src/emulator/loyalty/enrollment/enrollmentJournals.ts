import { shortId } from '../../../base/sameId.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';

interface EnrollmentEvent {
  readonly program: Program;
  /** ISO 8601, UTC. */
  readonly activityDate: string;
  /** Whose journal it is. */
  readonly member: Member;
  /** The new member, on the journal of the one who referred them. */
  readonly referred?: Member;
}

/**
 * The journal of an enrollment or a referral: type Accrual, Pending until a process runs it. Without a subtype when
 * the org has none of that name; whether an org then fails instead is unknown.
 */
export function createEnrollmentJournal(writing: WriteContext, event: EnrollmentEvent) {
  const { program, activityDate, member, referred } = event;
  const wanted = referred ? 'Member Referral' : 'Member Enrollment';
  const { typeId, subTypeId } = findTypes(writing, wanted);
  const values = {
    ActivityDate: activityDate,
    JournalTypeId: typeId,
    JournalSubTypeId: subTypeId,
    LoyaltyProgramId: program.id,
    MemberId: member.id,
    ReferredMemberId: referred?.id,
    Status: 'Pending',
  };
  const id = writing.store.insert('TransactionJournal', values, { userId: writing.userId });
  return {
    activityDate,
    journalType: 'Accrual',
    journalSubType: subTypeId === undefined ? null : wanted,
    loyaltyProgram: program.name,
    loyaltyProgramMember: member.membershipNumber,
    referredMember: referred?.membershipNumber ?? null,
    status: 'Pending',
    transactionJournalId: shortId(id),
  };
}

function findTypes({ store }: WriteContext, subTypeName: string): { typeId?: string; subTypeId?: string | undefined } {
  const type = store.first('JournalType', { Name: 'Accrual' });
  if (!type) return {};
  return {
    typeId: type.Id,
    subTypeId: store.first('JournalSubType', { JournalTypeId: type.Id, Name: subTypeName })?.Id,
  };
}
