/** A name or code that a request may give where the object has an id. */
export interface Alternative {
  /** As the guide spells it. */
  readonly key: string;
  /** Field of the journal that it stands for. */
  readonly field: string;
  readonly object: string;
  /** Field of that object that holds the given value. */
  readonly by: string;
  /** What of the found row the field takes: its id unless told. */
  readonly take?: string;
  /** Several rows with the value are refused; without this the first is taken. */
  readonly unique?: boolean;
  /** Only active rows count. */
  readonly amongActive?: boolean;
  /** Field of the row that names the program it must belong to. */
  readonly programField?: string;
}

/**
 * Guide: "Loyalty Management Connect API Interchangeable Request Fields", whose own samples write `JournalType` and
 * `JournalSubType`. Members are not in here: they are looked up by the hundred.
 *
 * In this order, because a subtype is one of its type.
 */
const alternatives: readonly Alternative[] = [
  { key: 'LoyaltyProgramName', field: 'LoyaltyProgramId', object: 'LoyaltyProgram', by: 'Name' },
  { key: 'JournalTypeName', field: 'JournalTypeId', object: 'JournalType', by: 'Name' },
  { key: 'JournalType', field: 'JournalTypeId', object: 'JournalType', by: 'Name' },
  { key: 'JournalSubTypeName', field: 'JournalSubTypeId', object: 'JournalSubType', by: 'Name' },
  { key: 'JournalSubType', field: 'JournalSubTypeId', object: 'JournalSubType', by: 'Name' },
  {
    key: 'PromotionName',
    field: 'PromotionId',
    object: 'Promotion',
    by: 'Name',
    unique: true,
    amongActive: true,
    programField: 'LoyaltyProgramId',
  },
  { key: 'ProductCode', field: 'ProductId', object: 'Product2', by: 'ProductCode', unique: true, amongActive: true },
  { key: 'ProductName', field: 'ProductId', object: 'Product2', by: 'Name', unique: true, amongActive: true },
  { key: 'ProductCategoryName', field: 'ProductCategoryId', object: 'ProductCategory', by: 'Name', unique: true },
  {
    key: 'PartnerName',
    field: 'PartnerId',
    object: 'LoyaltyProgramPartner',
    by: 'Name',
    programField: 'LoyaltyProgramId',
  },
  { key: 'VoucherId', field: 'VoucherCode', object: 'Voucher', by: 'Id', take: 'VoucherCode' },
  { key: 'VoucherNumber', field: 'VoucherCode', object: 'Voucher', by: 'Name', take: 'VoucherCode' },
];

const byKey = new Map(alternatives.map((alternative) => [alternative.key.toLowerCase(), alternative]));

/** The alternative that a key is, in whatever case it is written. */
export function alternativeNamed(key: string): Alternative | undefined {
  return byKey.get(key.toLowerCase());
}

/** Place of an alternative in the order in which they are to be looked up. */
export function rank(alternative: Alternative): number {
  return alternatives.indexOf(alternative);
}
