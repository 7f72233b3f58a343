import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { AdvocateProfileRequest, AdvocateProfileResponse } from './advocateProfileShapes.js';
import { ReferralEventResponse, ReferralRedemptionResponse } from './referralAnswers.js';
import { AdvocateEnrollmentRequest, AdvocateEnrollmentResponse, ReferralEventRequest } from './referralShapes.js';

const text = z.string().optional();

/** Guide: "Redeem Voucher Input" of referrals. An advocate is a member; a friend is a contact. */
export const ReferralRedemptionRequest = z.strictObject({
  memberId: text,
  membershipNumber: text,
  /** Needed for a membership number. */
  programName: text,
  contactId: text,
  /** Everything that is left unless given. */
  redemptionAmount: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
    ])
    .optional(),
  /** Required in an org with several currencies. */
  currencyIsoCode: text,
});
export type ReferralRedemptionRequest = z.infer<typeof ReferralRedemptionRequest>;

/** Referral Marketing Developer Guide. */
export const referralEndpoints = {
  enrollAdvocate: endpoint({
    method: 'POST',
    path: '/referral-programs/{program}/promotions/{promotionCode}/member-enrollments',
    since: 59,
    guide: 'Referral Advocate Enrollments',
    request: AdvocateEnrollmentRequest,
    response: AdvocateEnrollmentResponse,
  }),
  /** The first segment is in the singular here. */
  event: endpoint({
    method: 'POST',
    path: '/referral-program/referral-event',
    since: 59,
    guide: 'Referral Event',
    request: ReferralEventRequest,
    response: ReferralEventResponse,
  }),
  advocateProfile: endpoint({
    method: 'POST',
    path: '/referral-programs/advocate-profile',
    since: 62,
    guide: 'Referral Advocate Profile',
    request: AdvocateProfileRequest,
    response: AdvocateProfileResponse,
  }),
  redeemVoucher: endpoint({
    method: 'POST',
    path: '/vouchers/{voucherCode}/redemption',
    since: 59,
    guide: 'Redeem Voucher',
    request: ReferralRedemptionRequest,
    response: ReferralRedemptionResponse,
  }),
};
