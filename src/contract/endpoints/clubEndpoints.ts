import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';
import { LoyaltyAccountInput, LoyaltyContactInput } from './enrollmentShapes.js';

/**
 * Guide: "Club Member Enrollment Input" (v64). The page does not say what is required. All samples have the first four
 * inputs, and exactly one of those that name whom to enroll.
 */
export const ClubEnrollmentRequest = z.strictObject({
  clubMembershipNumber: z.string().min(1),
  /** As in other enrollments: `yyyy-MM-ddTHH:mm:ss`, the org's local time. */
  enrollmentDate: z.string().optional(),
  memberStatus: z.string().optional(),
  membershipEndDate: z.string().optional(),
  loyaltyMembershipNumber: z.string().optional(),
  contactId: z.string().optional(),
  associatedContactDetails: LoyaltyContactInput.optional(),
  accountId: z.string().optional(),
  associatedAccountDetails: LoyaltyAccountInput.optional(),
  /** What the enrollment is based on. Its values are not published. */
  membershipBy: z.string().optional(),
});
export type ClubEnrollmentRequest = z.infer<typeof ClubEnrollmentRequest>;

const text = z.string().nullish();

/** Guide: "Club Member Enrollment Output". Failures come with HTTP 200 and `status: false`. */
export const ClubEnrollmentResponse = z.object({ clubMembershipNumber: text, message: text, status: z.boolean() });
export type ClubEnrollmentResponse = z.infer<typeof ClubEnrollmentResponse>;

/** Guide: "Club Membership Renewal Input" (v64). The end is given, or a period. Samples send the number as a text. */
export const ClubRenewalRequest = z.strictObject({
  clubMembershipNumber: z.string().optional(),
  loyaltyMembershipNumber: z.string().optional(),
  clubMembershipEndDate: z.string().optional(),
  renewalPeriod: z.union([z.number(), z.string()]).transform(Number).pipe(z.number().int().positive()).optional(),
  renewalPeriodType: inAnyCase(['Days', 'Months', 'Years']).optional(),
  notes: z.string().optional(),
  externalIdentifier: z.string().optional(),
  orderItemId: z.string().optional(),
});
export type ClubRenewalRequest = z.infer<typeof ClubRenewalRequest>;

/** Guide: "Club Membership Renewal Output". */
export const ClubRenewalResponse = z.object({
  clubMembershipEndDate: text,
  clubMembershipNumber: text,
  message: text,
  status: z.boolean(),
});
export type ClubRenewalResponse = z.infer<typeof ClubRenewalResponse>;

const ClubBenefit = z.looseObject({
  benefitId: text,
  benefitName: text,
  benefitTypeId: text,
  benefitTypeName: text,
  description: text,
  isActive: z.boolean().nullish(),
});

const ClubPromotion = z.looseObject({
  promotionId: text,
  promotionName: text,
  startDate: text,
  endDate: text,
  imageUrl: text,
  loyaltyPromotionType: text,
  memberEligibilityCategory: text,
  promotionEnrollmentRqr: z.boolean().nullish(),
});

const ClubMember = z.looseObject({
  clubId: text,
  clubName: text,
  clubMembershipId: text,
  clubMembershipNumber: text,
  membershipStartDate: text,
  membershipEndDate: text,
  benefits: z.array(ClubBenefit).nullish(),
  promotions: z.array(ClubPromotion).nullish(),
});
export type ClubMember = z.infer<typeof ClubMember>;

export const clubEndpoints = {
  enroll: endpoint({
    method: 'POST',
    path: '/loyalty-programs/{program}/clubs/{club}/member-enrollment',
    since: 64,
    guide: 'Club Member Enrollment',
    request: ClubEnrollmentRequest,
    response: ClubEnrollmentResponse,
  }),
  renew: endpoint({
    method: 'POST',
    path: '/loyalty-programs/{program}/clubs/{club}/membership-renewal',
    since: 64,
    guide: 'Club Membership Renewal',
    request: ClubRenewalRequest,
    response: ClubRenewalResponse,
  }),
  /** Whether the root is one object or a list is not shown, so both are read. */
  profile: endpoint({
    method: 'GET',
    path: '/club/members',
    since: 64,
    guide: 'Club Member Profile',
    query: z.object({
      programName: z.string().optional(),
      clubName: z.string().optional(),
      clubMembershipNumber: z.string().optional(),
      loyaltyMembershipNumber: z.string().optional(),
      contactId: z.string().optional(),
    }),
    response: z.union([z.array(ClubMember), ClubMember]),
  }),
};
