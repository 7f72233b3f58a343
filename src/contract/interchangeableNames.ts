/**
 * Names that a journal in a request may use instead of fields of TransactionJournal → the field. Describe does not list
 * these names.
 * Loyalty Management Developer Guide, "Loyalty Management Connect API Interchangeable Request Fields". The samples of
 * that page use `JournalType` and `JournalSubType`.
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

/** Returns the field of TransactionJournal for such a name. Case is ignored. */
export function interchangeableField(name: string): string | undefined {
  return fieldByName.get(name.toLowerCase());
}
