import { soqlText } from './soql.js';

/**
 * Returns a condition on one member by `0lM…` Id or membership number. `path` leads to the member from another object,
 * such as `Member.`. A number may look like an Id, so such a text is compared with both.
 */
export function memberCondition(member: string, path = ''): string {
  const byNumber = `${path}MembershipNumber = ${soqlText(member)}`;
  return isMemberId(member) ? `(${path}Id = ${soqlText(member)} OR ${byNumber})` : byNumber;
}

/**
 * Returns whether the text has the form of an Id of a LoyaltyProgramMember: 15 characters, or 18 with a checksum. The
 * key prefix is from the data model.
 */
function isMemberId(text: string): boolean {
  return /^0lM[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(text);
}
