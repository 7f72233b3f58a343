import { definedValues } from '../../../base/definedValues.js';
import { enrollAdvocateB2bReferralProm } from '../../../contract/actions/referralActions.js';
import { generatedCode } from '../../store/values/generatedCode.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { missingFields } from '../parseInput.js';
import type { NamedInputs } from '../parameters.js';
import { ProcessFailure } from '../processFailure.js';
import { programText } from '../programDirectory.js';
import type { Program } from '../programDirectory.js';
import { joinPromotion } from '../referrals/advocateEnrollment.js';
import { promotionCoded } from '../referrals/referralPromotion.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { programNamed } from './pointsMove.js';
import { serveAction } from './servedAction.js';

/** A company becomes a member of type Corporate, if it is none yet, and joins the promotion. */
export const companyAdvocateByAction = serveAction(enrollAdvocateB2bReferralProm, (loyalty, { writing, inputs }) => {
  const program = programNamed(loyalty, inputs.text('programName') ?? '');
  const promotion = promotionCoded(writing.store, program, inputs.text('promotionCode') ?? '');
  const member = memberOf({ loyalty, writing, program, inputs });
  const { referralCode, journals } = joinPromotion({ loyalty, writing, promotion }, member);
  const membershipNumber = programText(member, 'MembershipNumber');
  return {
    membershipNumber,
    accountId: textOrNull(member, 'AccountId'),
    programName: program.name,
    referralCode,
    promotionCode: promotion.code,
    memberId: member.Id,
    transactionJournals: journals.map(({ id, activityDate, subType, status }) => ({
      ...{ activityDate, journalType: 'Referral', journalSubType: subType, membershipNumber },
      ...{ programName: program.name, status, transactionJournalId: id },
    })),
  };
});

interface Wanted {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly inputs: NamedInputs<typeof enrollAdvocateB2bReferralProm.inputs>;
}

/** By its number, or by its account, which becomes a member under that number or a generated one. */
function memberOf({ loyalty, writing, program, inputs }: Wanted): SObjectRow {
  const { store, userId } = writing;
  const number = inputs.text('membershipNumber');
  const numbered = number === undefined ? undefined : loyalty.members.numbered(program.id, number);
  const known = numbered && store.get('LoyaltyProgramMember', numbered.id);
  if (known) return known;
  if (inputs.get('accountId') === undefined) {
    if (number === undefined) throw missingFields(['accountId']);
    throw new ProcessFailure(`The member ${number} does not exist in the loyalty program.`);
  }
  const account = inputs.record('accountId', store, 'Account');
  const member = store.first('LoyaltyProgramMember', { ProgramId: program.id, AccountId: account.Id });
  if (member) return member;
  const values = {
    ...{ ProgramId: program.id, AccountId: account.Id, MemberType: 'Corporate', EnrollmentDate: loyalty.today() },
    MembershipNumber: number ?? generatedCode(`${program.id}/${account.Id}`, 8),
    MemberStatus: inputs.text('memberStatus') ?? 'Active',
    EnrollmentChannel: inputs.text('enrollmentChannel'),
  };
  const id = store.insert('LoyaltyProgramMember', definedValues(values), { userId });
  const row = store.get('LoyaltyProgramMember', id);
  if (!row) throw new Error(`The member ${id} is not there after it was inserted`);
  return row;
}
