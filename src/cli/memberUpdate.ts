import type { LoyaltyClient, MemberChanges, MemberProfile, MemberRecordValues } from '../client/index.js';
import type * as Sync from '../sync/index.js';
import type { NamedValue } from './namedValueFlag.js';
import type { UpdateMemberResult } from './results/membershipResults.js';

type Difference = UpdateMemberResult['records'][number]['differences'][number];

/** Flags of the values that the template of the process has, and their names on the records. */
export const changeFlags = {
  membershipNumber: 'new-number',
  firstName: 'first-name',
  lastName: 'last-name',
  email: 'email',
  enrollmentDate: 'enrollment-date',
} as const satisfies Record<keyof MemberChanges, string>;

const recordFields = {
  membershipNumber: ['member', 'MembershipNumber'],
  enrollmentDate: ['member', 'EnrollmentDate'],
  memberStatus: ['member', 'MemberStatus'],
  enrollmentChannel: ['member', 'EnrollmentChannel'],
  membershipEndDate: ['member', 'MembershipEndDate'],
  canReceivePromotions: ['member', 'CanReceivePromotions'],
  canReceivePartnerPromotions: ['member', 'CanReceivePartnerPromotions'],
  transactionJournalStatementFrequency: ['member', 'StatementFrequency'],
  transactionJournalStatementMethod: ['member', 'StatementMethod'],
  firstName: ['account', 'FirstName'],
  lastName: ['account', 'LastName'],
  email: ['account', 'PersonEmail'],
} as const;

/**
 * Returns the values of fields by their records.
 *
 * @param values by names as in a file of members
 * @param sync the room that knows such names, which the command has loaded
 * @throws {MemberColumnError | InvalidMemberError}
 */
export async function recordValues(
  client: LoyaltyClient,
  values: readonly NamedValue[],
  sync: Pick<typeof Sync, 'fittedText' | 'MemberColumnError' | 'MemberColumns' | 'readMemberFields'>,
): Promise<Required<MemberRecordValues>> {
  const { fittedText, MemberColumnError, MemberColumns, readMemberFields } = sync;
  const columns = new MemberColumns(() => readMemberFields(client));
  const placed: Required<MemberRecordValues> = { member: {}, account: {} };
  for (const [name, text] of values) {
    const column = await columns.find(name);
    const own = Object.entries(recordFields).find(([input]) => input === column.name)?.[1];
    if (column.part === 'request' && own === undefined)
      throw new MemberColumnError(name, 'is set when a member enrolls, and cannot be changed', 'Leave it out.');
    const [part, field] = own ?? [column.part === 'member' ? 'member' : 'account', column.name];
    const value = fittedText(column, name, text);
    const isFlag = column.described?.type === 'boolean' || field.startsWith('CanReceive');
    placed[part][field] = isFlag ? value.toLowerCase() === 'true' : value;
  }
  return placed;
}

/** What was given, and is not so in the profile. */
export function differencesIn(profile: MemberProfile, changes: MemberChanges): Difference[] {
  const { associatedContact: contact, membershipNumber, enrollmentDate } = profile;
  const found: Record<keyof MemberChanges, string | null | undefined> = {
    membershipNumber,
    enrollmentDate,
    firstName: contact?.firstName,
    lastName: contact?.lastName,
    email: contact?.email,
  };
  return Object.entries(changes as Record<string, string | undefined>).flatMap(([name, given]) => {
    const now = found[name as keyof MemberChanges] ?? null;
    if (given === undefined || now?.toLowerCase() === given.toLowerCase()) return [];
    return [{ name, given, found: now }];
  });
}
