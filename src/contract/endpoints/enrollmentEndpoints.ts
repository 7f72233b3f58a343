import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { LoyaltyAccountInput, LoyaltyContactInput, membershipInputs, newMembership } from './enrollmentShapes.js';

/**
 * Guide: "Individual Member Enrollment Input" (v55). The guide marks `additionalMemberFieldValues` as required, but
 * public clients leave it out successfully, so it is optional here. As in every typed input of the platform, unknown keys
 * are refused.
 */
export const IndividualEnrollmentRequest = z.strictObject({
  ...membershipInputs,
  associatedContactDetails: LoyaltyContactInput,
  /** Membership number of the referrer. */
  referredBy: z.string().optional(),
  relatedCorporateMembershipNumber: z.string().optional(),
});
export type IndividualEnrollmentRequest = z.infer<typeof IndividualEnrollmentRequest>;

/** Guide: "Individual Member Enrollment Output". */
export const IndividualEnrollmentResponse = z.object({ contactId: z.string().nullish(), ...newMembership });
export type IndividualEnrollmentResponse = z.infer<typeof IndividualEnrollmentResponse>;

/**
 * Guide: "Corporate Member Enrollment Input" (v55). For the frequency of statements, its REST page says Daily, Monthly and
 * Yearly, and its Apex page and the object say Monthly and Quarterly: the values of the object are taken.
 */
export const CorporateEnrollmentRequest = z.strictObject({
  ...membershipInputs,
  associatedAccountDetails: LoyaltyAccountInput,
  /** Id of the referrer, says the guide; its sample looks like a membership number. */
  referredBy: z.string().optional(),
});
export type CorporateEnrollmentRequest = z.infer<typeof CorporateEnrollmentRequest>;

/** Guide: "Corporate Member Enrollment Output". */
export const CorporateEnrollmentResponse = z.object({ accountId: z.string().nullish(), ...newMembership });
export type CorporateEnrollmentResponse = z.infer<typeof CorporateEnrollmentResponse>;

export const enrollmentEndpoints = {
  individual: endpoint({
    method: 'POST',
    path: '/loyalty-programs/{program}/individual-member-enrollments',
    since: 55,
    guide: 'Individual Member Enrollments',
    request: IndividualEnrollmentRequest,
    response: IndividualEnrollmentResponse,
  }),
  corporate: endpoint({
    method: 'POST',
    path: '/loyalty-programs/{program}/corporate-member-enrollments',
    since: 55,
    guide: 'Corporate Member Enrollments',
    request: CorporateEnrollmentRequest,
    response: CorporateEnrollmentResponse,
  }),
};
