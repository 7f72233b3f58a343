import { definedValues } from '../../../base/definedValues.js';
import { unenrollMember, updateMemberDetails } from '../../../contract/templates/memberTemplates.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { Member } from '../memberDirectory.js';
import { ProcessFailure } from '../processFailure.js';
import { memberCalled, serveProcess } from './processCall.js';
import type { ProcessCall } from './processCall.js';

/**
 * Template UpdateMemberDetails: the values of the membership go to the member, those of the person to the contact behind
 * it. No journal is made, as in the guide's sample.
 */
export const updateMemberDetailsProcess = serveProcess(updateMemberDetails, (call) => {
  const { inputs, writing } = call;
  const member = currentMember(call);
  const number = inputs.text('MembershipNumber');
  if (number !== undefined) requireFreeNumber(call, member, number);
  const ofMember = {
    MembershipNumber: number,
    EnrollmentDate: inputs.text('EnrollmentDate')?.slice(0, 10),
    MemberStatus: inputs.text('MemberStatus'),
    EnrollmentChannel: inputs.text('EnrollmentChannel'),
    ContactId: inputs.text('ContactId'),
  };
  const ofPerson = {
    Email: inputs.text('Email'),
    FirstName: inputs.text('FirstName'),
    LastName: inputs.text('LastName'),
    MobilePhone: inputs.text('MobilePhone'),
    Birthdate: inputs.text('Birthdate'),
  };
  update(call, 'LoyaltyProgramMember', { id: member.id, values: ofMember });
  const row: Partial<SObjectRow> = writing.store.get('LoyaltyProgramMember', member.id) ?? {};
  const contactId = typeof row['ContactId'] === 'string' ? row['ContactId'] : null;
  update(call, 'Contact', { id: contactId, values: ofPerson });
  return [{ MemberId: member.id, ContactId: contactId, TransactionJournalId: null }];
});

/**
 * Template UnenrollMember: the membership becomes Inactive, and its records stay. What an org does besides is
 * unpublished.
 */
export const unenrollMemberProcess = serveProcess(unenrollMember, (call) => {
  const member = currentMember(call);
  update(call, 'LoyaltyProgramMember', { id: member.id, values: { MemberStatus: 'Inactive' } });
  return [{ MemberId: member.id }];
});

function currentMember(call: ProcessCall<typeof unenrollMember.inputs>): Member {
  const { inputs } = call;
  return memberCalled(call, {
    MemberId: inputs.text('MemberId'),
    CurrentMembershipNumber: inputs.text('CurrentMembershipNumber'),
  });
}

/** @throws {ProcessFailure} */
function requireFreeNumber(
  { loyalty, program }: Pick<ProcessCall, 'loyalty' | 'program'>,
  member: Member,
  number: string,
): void {
  const holder = loyalty.members.numbered(program.id, number);
  if (holder && holder.id !== member.id)
    throw new ProcessFailure(`Another member of ${program.name} has the membership number ${number}.`);
}

/** @throws {ProcessFailure} for values of a person whom the member does not have */
function update(
  { writing: { store, userId } }: Pick<ProcessCall, 'writing'>,
  objectName: string,
  { id, values }: { readonly id: string | null; readonly values: Readonly<Record<string, unknown>> },
): void {
  const given = definedValues(values);
  if (Object.keys(given).length === 0) return;
  if (id === null) throw new ProcessFailure('The member has no contact.');
  store.update(objectName, id, given, { userId });
}
