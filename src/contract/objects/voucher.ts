import { autoNumber, crud, currency, date, dateTime, int, owner, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * An issued voucher.
 * API 51 and later. Loyalty Management Developer Guide, "Voucher".
 */
export const voucher: SObjectDefinition = {
  name: 'Voucher',
  label: 'Voucher',
  labelPlural: 'Vouchers',
  keyPrefix: '0kD',
  since: 51,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account', { createOnly: true, since: 62 }),
    BenefitId: reference('Benefit', 'Benefit'),
    ContactId: reference('Contact', 'Contact', { createOnly: true }),
    DiscountPercent: int(),
    EffectiveDate: date({ required: true }),
    EffectiveDateTime: dateTime({ since: 62 }),
    ExpirationDate: date(),
    ExpirationDateTime: dateTime({ since: 62 }),
    FaceValue: currency(),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', {
      createOnly: true,
      locksParent: true,
    }),
    // 8 digits. Resources call it `voucherNumber`.
    Name: autoNumber(),
    OwnerId: owner(),
    PromotionId: reference('Promotion', 'Promotion'),
    Reason: textField(),
    RedeemedValue: currency({ since: 53 }),
    RemainingValue: currency({ calculated: { plus: ['FaceValue'], minus: ['RedeemedValue'] }, since: 53 }),
    ReservationKey: textField(255, { since: 62 }),
    ReservedDateTime: dateTime({ since: 62 }),
    ReservedValue: currency({ since: 62 }),
    // Reserved is missing in the guide's list. The redeem resource sets it since API 62.
    Status: picklist(['Issued', 'Redeemed', 'Expired', 'Cancelled', 'Reserved'], { defaultValue: 'Issued' }),
    TransactionJournalId: reference('TransactionJournal', 'TransactionJournal'),
    // Set when the voucher is redeemed.
    UseDate: date(),
    // Generated if the org's setting and the definition allow it. By default it has 8 characters.
    VoucherCode: textField(),
    VoucherDefinitionId: reference('VoucherDefinition', 'VoucherDefinition', { createOnly: true }),
  },
  children: [
    { name: 'IssuedRewardReferences', childObject: 'GameParticipantReward', field: 'IssuedRewardReferenceId' },
  ],
};
