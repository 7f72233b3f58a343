/**
 * Names that a request may give in a journal instead of a field of TransactionJournal, and that field. Describe does not
 * list them.
 * Loyalty Management Developer Guide, "Loyalty Management Connect API Interchangeable Request Fields", whose own samples
 * write `JournalType` and `JournalSubType`.
 */
export const interchangeableNames = {
  MembershipNumber: 'MemberId',
  LoyaltyProgramName: 'LoyaltyProgramId',
  JournalTypeName: 'JournalTypeId',
  JournalType: 'JournalTypeId',
  JournalSubTypeName: 'JournalSubTypeId',
  JournalSubType: 'JournalSubTypeId',
  PromotionName: 'PromotionId',
  ProductCode: 'ProductId',
  ProductName: 'ProductId',
  ProductCategoryName: 'ProductCategoryId',
  PartnerName: 'PartnerId',
  VoucherId: 'VoucherCode',
  VoucherNumber: 'VoucherCode',
} as const;

export type InterchangeableName = keyof typeof interchangeableNames;

const fieldByName: ReadonlyMap<string, string> = new Map(
  Object.entries(interchangeableNames).map(([name, field]) => [name.toLowerCase(), field]),
);

/** The field of TransactionJournal that such a name stands for, in whatever case it is written. */
export function interchangeableField(name: string): string | undefined {
  return fieldByName.get(name.toLowerCase());
}
