import { crud, nameField, owner, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * One use of a coupon.
 * API 51 and later. Loyalty Management Developer Guide, "CouponCodeRedemption". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const couponCodeRedemption: SObjectDefinition = {
  name: 'CouponCodeRedemption',
  label: 'Coupon Code Redemption',
  labelPlural: 'Coupon Code Redemptions',
  keyPrefix: guessedKeyPrefix.CouponCodeRedemption,
  since: 51,
  ...crud,
  fields: {
    Buyer: textField(),
    CouponId: reference('Coupon', 'Coupon', { required: true, createOnly: true }),
    Name: nameField(),
    OwnerId: owner(),
    Transaction: textField(),
  },
};
