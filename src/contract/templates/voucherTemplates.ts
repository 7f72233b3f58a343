import { z } from 'zod';
import { numberParameter, optional, recordId, textParameter } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/** One of the two names the member. */
const member = { MemberId: optional(recordId), MembershipNumber: optional(textParameter) };

/**
 * Guide: "Issue a Voucher". The template's rule names the definition; copies may take it as a parameter. The sample
 * answers one empty object.
 */
export const issueVoucherTemplate = processTemplate({
  type: 'IssueVoucher',
  inputs: {
    ...member,
    VoucherCode: optional(textParameter),
    VoucherFaceValue: optional(numberParameter),
    VoucherExpirationDate: optional(textParameter),
    VoucherDiscountPercentage: optional(numberParameter),
    VoucherDefinitionName: optional(textParameter),
  },
  result: z.looseObject({}),
});

/** Guide: "Cancel a Voucher". A code that several vouchers have is not enough. */
export const cancelVoucherTemplate = processTemplate({
  type: 'CancelVoucher',
  inputs: {
    ...member,
    VoucherId: optional(recordId),
    VoucherNumber: optional(textParameter),
    VoucherCode: optional(textParameter),
  },
  result: z.looseObject({ VoucherId: z.string().nullish() }),
});
