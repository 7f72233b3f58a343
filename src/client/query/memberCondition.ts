import { soqlText } from './soql.js';

/**
 * A condition on one member by `0lM…` Id or membership number. `path` leads there from another object: `Member.`.
 * A number may look like an Id, so both are asked for then.
 */
export function memberCondition(member: string, path = ''): string {
  const byNumber = `${path}MembershipNumber = ${soqlText(member)}`;
  return isMemberId(member) ? `(${path}Id = ${soqlText(member)} OR ${byNumber})` : byNumber;
}

/** Ids have 15 characters, or 18 with a checksum. Data model: key prefix of LoyaltyProgramMember. */
function isMemberId(text: string): boolean {
  return /^0lM[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(text);
}
