import { interchangeableNames } from '../../contract/interchangeableNames.js';
import type { InterchangeableName } from '../../contract/interchangeableNames.js';

/** A name or code that a request may give where the object has an id. */
export interface Alternative {
  /** As the guide spells it. */
  readonly key: string;
  /** Field of the journal that it stands for. */
  readonly field: string;
  readonly object: string;
  /** Field of that object that holds the given value. */
  readonly by: string;
  /** What of the found row the field takes: its id unless given. */
  readonly take?: string;
  /** Several rows with the value are refused; without this the first is taken. */
  readonly unique?: boolean;
  /** Only active rows count. */
  readonly amongActive?: boolean;
  /** Field of the row that names the program it must belong to. */
  readonly programField?: string;
}

/**
 * How each of the names of the contract is looked up. Members are not in here: they are looked up by the hundred.
 *
 * In this order, because a subtype is one of its type.
 */
const alternatives: readonly Alternative[] = [
  alternative('LoyaltyProgramName', 'LoyaltyProgram', 'Name'),
  alternative('JournalTypeName', 'JournalType', 'Name'),
  alternative('JournalType', 'JournalType', 'Name'),
  alternative('JournalSubTypeName', 'JournalSubType', 'Name'),
  alternative('JournalSubType', 'JournalSubType', 'Name'),
  alternative('PromotionName', 'Promotion', 'Name', {
    unique: true,
    amongActive: true,
    programField: 'LoyaltyProgramId',
  }),
  alternative('ProductCode', 'Product2', 'ProductCode', { unique: true, amongActive: true }),
  alternative('ProductName', 'Product2', 'Name', { unique: true, amongActive: true }),
  alternative('ProductCategoryName', 'ProductCategory', 'Name', { unique: true }),
  alternative('PartnerName', 'LoyaltyProgramPartner', 'Name', { programField: 'LoyaltyProgramId' }),
  alternative('VoucherId', 'Voucher', 'Id', { take: 'VoucherCode' }),
  alternative('VoucherNumber', 'Voucher', 'Name', { take: 'VoucherCode' }),
];

function alternative(
  key: InterchangeableName,
  object: string,
  by: string,
  traits: Pick<Alternative, 'take' | 'unique' | 'amongActive' | 'programField'> = {},
): Alternative {
  return { key, field: interchangeableNames[key], object, by, ...traits };
}

const byKey = new Map(alternatives.map((each) => [each.key.toLowerCase(), each]));

/** The alternative that a key is, in whatever case it is written. */
export function alternativeNamed(key: string): Alternative | undefined {
  return byKey.get(key.toLowerCase());
}

/** Place of an alternative in the order in which they are to be looked up. */
export function rank(found: Alternative): number {
  return alternatives.indexOf(found);
}
