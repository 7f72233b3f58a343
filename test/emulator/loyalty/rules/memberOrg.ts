import type { NewOrg } from '../../../../src/emulator/index.js';

/** Creates a program with a currency that members can spend, and a member for each number. */
export function memberOrg(program: string, currency: string, numbers: readonly string[]): (org: NewOrg) => void {
  return ({ store }) => {
    const LoyaltyProgramId = store.insert('LoyaltyProgram', { Name: program });
    store.insert('LoyaltyProgramCurrency', {
      ...{ Name: currency, LoyaltyProgramId, CurrencyType: 'NonQualifying', IsActive: true, IsPrimary: true },
    });
    for (const MembershipNumber of numbers) {
      const ContactId = store.insert('Contact', { LastName: MembershipNumber });
      store.insert('LoyaltyProgramMember', {
        ...{ MembershipNumber, ContactId, ProgramId: LoyaltyProgramId },
        ...{ MemberStatus: 'Active', MemberType: 'Individual', EnrollmentDate: '2026-01-01' },
      });
    }
  };
}
