/** What an org answers about the program Harbour Rewards and its member A1, by the name of the object. */
export const recordsOfMember: Readonly<Record<string, object>> = {
  LoyaltyProgram: { Id: '0lpAb0000000001AAA', Name: 'Harbour Rewards', Status: 'Active' },
  LoyaltyProgramMember: {
    ...{ Id: '0lMAb0000000001AAA', MembershipNumber: 'A1', MemberStatus: 'Active' },
    ...{ MemberType: 'Individual', EnrollmentDate: null, ContactId: null },
  },
};

/** A journal of this member that the org has run, with the key k. */
export const processedJournal = {
  ...{ Id: '0lVAb0000000001AAA', ExternalTransactionNumber: 'k', Status: 'Processed', ErrorDescription: null },
  ...{ MemberId: '0lMAb0000000001AAA', LoyaltyProgramId: '0lpAb0000000001', TransactionAmount: 42.5 },
  JournalType: { Name: 'Accrual' },
};
