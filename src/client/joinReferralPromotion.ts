import { definedValues } from '../base/definedValues.js';
import type { AdvocateEnrollmentRequest } from '../contract/endpoints/referralShapes.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { memberCondition } from './query/memberCondition.js';
import { readAdvocates } from './query/readAdvocates.js';
import type { AdvocateRow } from './query/readAdvocates.js';
import type { ReferralPromotionRow } from './query/readReferralPromotions.js';
import { soqlText } from './query/soql.js';

type AdvocateClient = Pick<LoyaltyClient, 'members' | 'promotions' | 'query' | 'referrals'>;

/** Who is to join: a member, a contact, or a person, who can be given the number of the new membership. */
export interface AdvocateToBe {
  readonly promotion: ReferralPromotionRow;
  /** Number or Id of a member; together with a person, the number of the new member. */
  readonly membershipNumber?: string | undefined;
  readonly contactId?: string | undefined;
  readonly person?: Pick<Person, 'firstName' | 'lastName' | 'email'> | undefined;
  /** Of a new member, like the next. Default: Active. */
  readonly memberStatus?: string | undefined;
  readonly enrollmentChannel?: AdvocateEnrollmentRequest['enrollmentChannel'];
}

type Person = NonNullable<AdvocateEnrollmentRequest['associatedPersonAccountDetails']>;

export interface JoinedAdvocate {
  /** `exists`: had joined before, and nothing was sent. */
  readonly status: 'enrolled' | 'exists';
  readonly memberId: string;
  readonly membershipNumber: string;
  /** The code with which friends come. */
  readonly referralCode: string;
}

/**
 * Makes somebody an advocate of a referral promotion, unless they have joined it. So it can be repeated after a lost
 * answer. A person is known by name and e-mail address.
 *
 * @throws {UnknownMemberError} when only a membership number is given, and nobody has it
 */
export async function joinReferralPromotion(
  client: AdvocateClient,
  program: string,
  wanted: AdvocateToBe,
): Promise<JoinedAdvocate> {
  const { promotion, membershipNumber: number, contactId, person } = wanted;
  const [known] = await readAdvocates(client.query, program, [conditionOf(wanted)]);
  if (!known && number !== undefined && !contactId && !person) await client.members.get(program, number);
  const code = known && (await codeOfJoined(client, known, promotion));
  if (known && code !== undefined) return { status: 'exists', ...membershipOf(known), referralCode: code };
  const who = known
    ? { membershipNumber: known.MembershipNumber }
    : { membershipNumber: number, contactId, associatedPersonAccountDetails: person, ...newMember(wanted) };
  const request = { promotionCode: promotion.code, ...definedValues(who) };
  const answer = await client.referrals.enrollAdvocate(program, request);
  const { memberId, membershipNumber, promotionReferralCode: referralCode } = answer;
  return { status: 'enrolled', memberId, membershipNumber, referralCode };
}

function conditionOf({ membershipNumber, contactId, person }: AdvocateToBe): string {
  return [
    ...(membershipNumber === undefined ? [] : [memberCondition(membershipNumber)]),
    ...(contactId === undefined ? [] : [`ContactId = ${soqlText(contactId)}`]),
    ...(person === undefined
      ? []
      : [
          `Contact.FirstName = ${soqlText(person.firstName)}`,
          `Contact.LastName = ${soqlText(person.lastName)}`,
          `Contact.Email = ${soqlText(person.email)}`,
        ]),
  ].join(' AND ');
}

/** Undefined if the member has not joined, or has no code yet: the org then makes one. */
async function codeOfJoined(
  { promotions }: AdvocateClient,
  { Id: memberId, ReferralCode: code }: AdvocateRow,
  promotion: ReferralPromotionRow,
): Promise<string | undefined> {
  if (code === null) return undefined;
  const enrollment = await promotions.enrollment({ memberId, promotionId: promotion.id });
  return enrollment === undefined ? undefined : `${code}-${promotion.code}`;
}

function membershipOf({ Id: memberId, MembershipNumber: membershipNumber }: AdvocateRow) {
  return { memberId, membershipNumber };
}

function newMember({ memberStatus = 'Active', enrollmentChannel }: AdvocateToBe) {
  return { memberStatus, enrollmentChannel };
}
