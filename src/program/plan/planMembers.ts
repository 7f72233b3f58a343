import type { DescribedField } from '../../contract/query.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import { describedFields } from '../org/readOrgProgram.js';
import type { OrgProgram, ProgramReader } from '../org/readOrgProgram.js';
import { missingObject, valueRefusals } from './fieldRefusals.js';
import { planBalances } from './planBalances.js';
import type { PlanEntry } from './programPlan.js';
import type { ProgramClient } from '../programClient.js';

type MemberReader = Pick<ProgramClient, 'query' | 'members'> & Pick<ProgramReader, 'sobjects'>;

export interface MemberQuestion {
  readonly definition: ProgramDefinition;
  readonly org: OrgProgram;
  /** Name of the program in the org. */
  readonly program: string;
}

/** Says which members are enrolled, and which opening balances are credited. */
export async function planMembers(client: MemberReader, question: MemberQuestion): Promise<PlanEntry[]> {
  const { definition, org, program } = question;
  const { members } = definition;
  if (members.length === 0) return [];
  const numbers = members.map(({ number }) => number);
  const found = org.programId === undefined ? [] : await client.members.find(program, numbers);
  const ids = new Map(found.map(({ Id, MembershipNumber }) => [MembershipNumber.toLowerCase(), Id]));
  const account = org.objects.get('Account')?.fields ?? new Map<string, DescribedField>();
  const reason = enrollmentRefusal(account) ?? (await writeRefusal(client, 'LoyaltyProgramMember', 'MembershipNumber'));
  const enrollments = members.map((member): PlanEntry => {
    const id = ids.get(member.number.toLowerCase());
    const entry = { object: 'LoyaltyProgramMember', name: member.number, source: { kind: 'member', member } } as const;
    if (id !== undefined) return { action: 'leave', ...entry, id, fields: [] };
    const fields = memberFields(member);
    return orRefused({ action: 'create', ...entry, fields }, reason);
  });
  const balances = await planBalances(client, { definition, org, members: ids });
  const refused = balances.some(({ action }) => action === 'create')
    ? await writeRefusal(client, 'TransactionJournal', 'ExternalTransactionNumber')
    : undefined;
  return [...enrollments, ...balances.map((entry) => orRefused(entry, refused))];
}

function memberFields({ firstName, lastName, email, enrollmentDate }: ProgramDefinition['members'][number]) {
  const values = { FirstName: firstName, LastName: lastName, Email: email, EnrollmentDate: enrollmentDate };
  return Object.entries(values).flatMap(([field, to]) => (to === undefined ? [] : [{ field, from: null, to }]));
}

/** Why the user cannot create records of an object, as far as one of its fields tells. */
async function writeRefusal(
  client: Pick<ProgramReader, 'sobjects'>,
  object: string,
  field: string,
): Promise<string | undefined> {
  const fields = await describedFields(client, object);
  if (fields.size === 0) return missingObject(object);
  const [reason] = valueRefusals(fields.get(field), { object, field, value: null, write: 'create' });
  return reason;
}

function orRefused(entry: PlanEntry, reason: string | undefined): PlanEntry {
  return entry.action === 'create' && reason !== undefined ? { ...entry, action: 'cannot', reason } : entry;
}

/** Members are persons, and the enrollment creates a person account for each. */
function enrollmentRefusal(account: ReadonlyMap<string, DescribedField>): string | undefined {
  if (account.size === 0) return missingObject('Account');
  if (account.has('IsPersonAccount') || account.has('PersonContactId')) return undefined;
  return 'The org has no person accounts, which an enrollment creates, or the user cannot see them. Enable person accounts in Setup, and give the profile a default record type for them.';
}
