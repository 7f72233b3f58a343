import { shortId } from '../../../base/sameId.js';
import { enrollmentEndpoints } from '../../../contract/endpoints/enrollmentEndpoints.js';
import { invalidInput } from '../invalidInput.js';
import { serve } from '../serve.js';
import { createBusinessAccount } from './businessAccount.js';
import { contactInput, createPersonAccount } from './personAccount.js';
import { createMember, requireNewNumber } from './newMember.js';
import { memberNumbered, referrerByCode, referrerGiven } from './referrers.js';

/** The guide publishes no errors: the refusals are the platform's usual ones. */
const ways = { unknownProgram: invalidInput };

const enrollIndividual = serve(
  enrollmentEndpoints.individual,
  (loyalty, { program, body: request, writing }) => {
    requireNewNumber(loyalty, program, request.membershipNumber);
    const { referredBy, relatedCorporateMembershipNumber } = request;
    const enrollment = { loyalty, writing, program, request };
    const referrer =
      referredBy === undefined ? referrerByCode(enrollment) : memberNumbered(loyalty, program, { referredBy });
    const ContactId = createPersonAccount(writing, contactInput(request.associatedContactDetails));
    const corporate =
      relatedCorporateMembershipNumber === undefined
        ? undefined
        : memberNumbered(loyalty, program, { relatedCorporateMembershipNumber });
    const owner = { ContactId, ...(corporate && { RelatedCorporateMembershipId: corporate.id }) };
    return { contactId: shortId(ContactId), ...createMember(enrollment, owner, referrer) };
  },
  ways,
);

const enrollCorporate = serve(
  enrollmentEndpoints.corporate,
  (loyalty, { program, body: request, writing }) => {
    requireNewNumber(loyalty, program, request.membershipNumber);
    const { referredBy } = request;
    const enrollment = { loyalty, writing, program, request };
    const referrer =
      referredBy === undefined ? referrerByCode(enrollment) : referrerGiven(loyalty, program, referredBy);
    const AccountId = createBusinessAccount(writing, request.associatedAccountDetails);
    const owner = { AccountId, MemberType: 'Corporate' };
    return { accountId: shortId(AccountId), ...createMember(enrollment, owner, referrer) };
  },
  ways,
);

export const enrollmentHandlers = [enrollIndividual, enrollCorporate];
