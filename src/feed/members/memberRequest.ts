import { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { LocalDateTime, withTime } from '../../base/localDateTime.js';
import { attributeMap, flagOf, localNow, parsedRequest, textual } from './requestValues.js';

/** What a member is enrolled with if the row does not say. */
export interface MemberDefaults {
  readonly memberStatus?: string | undefined;
  readonly enrollmentChannel?: string | undefined;
  /** `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm:ss`, in the org's local time. Default: now, in this machine's local time. */
  readonly enrollmentDate?: string | undefined;
  /** Whether to create the journals for the enrollment and the referral, too. */
  readonly createTransactionJournals?: boolean | undefined;
  /** Whether to enroll somebody whom the org's duplicate rules recognize. Default: no, although the org's is yes. */
  readonly allowDuplicateRecords?: boolean | undefined;
}

/** A member as in a row of a file, or as entered at a terminal. */
export type MemberValues = Readonly<Partial<Record<string, string>>>;

/** Further values, by the API name of the field. */
export interface MemberAttributes {
  /** Of the person account, as seen from Account. */
  readonly contact?: Readonly<Record<string, string>>;
  /** Of LoyaltyProgramMember. */
  readonly member?: Readonly<Record<string, string>>;
}

const MemberRequest = IndividualEnrollmentRequest.extend({
  enrollmentDate: LocalDateTime,
  membershipEndDate: LocalDateTime.optional(),
});

/** @throws {InvalidMemberError} if a value is missing, or is not one that the org knows */
export function toEnrollmentRequest(
  values: MemberValues,
  defaults: MemberDefaults,
  attributes: MemberAttributes = {},
): IndividualEnrollmentRequest {
  const { firstName, lastName, email, allowDuplicateRecords = false, ...given } = textual({ ...defaults, ...values });
  const request = {
    ...given,
    enrollmentDate: withTime(given['enrollmentDate'] ?? localNow()),
    associatedContactDetails: {
      firstName,
      lastName,
      email,
      // The org's default is true, which would create a second person for somebody whom its duplicate rules recognize.
      allowDuplicateRecords: flagOf('allowDuplicateRecords', allowDuplicateRecords),
      additionalContactFieldValues: attributeMap(attributes.contact),
    },
    memberStatus: given['memberStatus'] ?? 'Active',
    membershipEndDate: given['membershipEndDate'] && withTime(given['membershipEndDate']),
    canReceivePromotions: flagOf('canReceivePromotions', given['canReceivePromotions']),
    canReceivePartnerPromotions: flagOf('canReceivePartnerPromotions', given['canReceivePartnerPromotions']),
    createTransactionJournals: defaults.createTransactionJournals,
    additionalMemberFieldValues: attributeMap(attributes.member),
  };
  return parsedRequest(MemberRequest, request, { ...values, ...given });
}
