import { action } from '../action.js';
import { numberParameter, optional, recordId, textParameter, wholeNumber } from '../parameter.js';

/**
 * Guide: "Issue Voucher". Value, discount and dates are those of the definition unless given. Without a code, the org
 * generates one, if its setting allows it. Of `AccountId` and `ContactId`, one at most.
 */
export const issueVoucher = action({
  name: 'issueVoucher',
  label: 'Issue Voucher',
  since: 51,
  inputs: {
    VoucherDefinitionName: textParameter,
    VoucherCode: optional(textParameter),
    LoyaltyProgramMemberId: optional(recordId),
    ContactId: optional(recordId),
    AccountId: optional(recordId),
    ProgramName: optional(textParameter),
    DiscountPercent: optional(wholeNumber),
    FaceValue: optional(numberParameter),
    EffectiveDate: optional(textParameter),
    ExpiryDate: optional(textParameter),
    JournalId: optional(recordId),
    PromotionId: optional(recordId),
    BenefitId: optional(recordId),
    /** Ends up in the field Reason of the voucher. */
    AdditionalNotes: optional(textParameter),
    /** As the first edition and the sample call the notes. */
    Reason: optional(textParameter),
  },
  outputs: { VoucherId: recordId },
});
