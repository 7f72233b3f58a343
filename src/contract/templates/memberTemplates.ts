import { z } from 'zod';
import { optional, recordId, textParameter } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/** One of the two names the member: unlike in other templates, the number is the current one. */
const member = { MemberId: optional(recordId), CurrentMembershipNumber: optional(textParameter) };

/**
 * Guide: "Update Member Details". The last inputs are not in the template: the copy of a production org has them, among
 * others.
 */
export const updateMemberDetails = processTemplate({
  type: 'UpdateMemberDetails',
  inputs: {
    ...member,
    MembershipNumber: optional(textParameter),
    Email: optional(textParameter),
    EnrollmentDate: optional(textParameter),
    FirstName: optional(textParameter),
    LastName: optional(textParameter),
    ContactId: optional(recordId),
    MemberStatus: optional(textParameter),
    EnrollmentChannel: optional(textParameter),
    MobilePhone: optional(textParameter),
    Birthdate: optional(textParameter),
  },
  result: z.looseObject({
    MemberId: z.string().nullish(),
    ContactId: z.string().nullish(),
    TransactionJournalId: z.string().nullish(),
  }),
});

/** Guide: "Unenroll a Member". */
export const unenrollMember = processTemplate({
  type: 'UnenrollMember',
  inputs: member,
  result: z.looseObject({ MemberId: z.string().nullish() }),
});
