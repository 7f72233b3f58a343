import { crud, dateTime, int, nameField, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A code that unlocks a promotion.
 * API 51 and later. Loyalty Management Developer Guide, "Coupon". Fields are those in the describe of a real org.
 * Lengths, flags and the first version are assumed.
 */
export const coupon: SObjectDefinition = {
  name: 'Coupon',
  label: 'Coupon',
  labelPlural: 'Coupons',
  keyPrefix: guessedKeyPrefix.Coupon,
  since: 51,
  ...crud,
  fields: {
    CouponCode: textField(255, { required: true }),
    Description: textArea(1000),
    EndDateTime: dateTime(),
    Name: nameField(),
    OwnerId: owner(),
    PromotionId: reference('Promotion', 'Promotion'),
    RedemptionLimitAllBuyers: int(),
    RedemptionLimitPerBuyer: int(),
    StartDateTime: dateTime(),
    Status: picklist([]),
  },
  children: [
    { name: 'CouponCodeRedemptions', childObject: 'CouponCodeRedemption', field: 'CouponId' },
    { name: 'TransactionalJournalCoupons', childObject: 'TransactionJournal', field: 'CouponId' },
  ],
};
