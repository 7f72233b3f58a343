import type { DescribedField } from '../../contract/query.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { OrgProgram } from '../org/readOrgProgram.js';
import { missingObject } from './fieldRefusals.js';
import { openingBalancesOf } from './openingBalance.js';
import { readOpenings } from './readOpenings.js';
import type { OpeningBalance } from './openingBalance.js';
import type { PlanEntry } from './programPlan.js';
import type { ProgramClient } from '../programClient.js';

type MemberReader = Pick<ProgramClient, 'query' | 'members'>;

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
  const reason = enrollmentRefusal(org.objects.get('Account')?.fields ?? new Map());
  const enrollments = members.map((member): PlanEntry => {
    const id = ids.get(member.number.toLowerCase());
    const entry = { object: 'LoyaltyProgramMember', name: member.number, source: { kind: 'member', member } } as const;
    if (id !== undefined) return { action: 'leave', ...entry, id, fields: [] };
    const fields = memberFields(member);
    return reason === undefined
      ? { action: 'create', ...entry, fields }
      : { action: 'cannot', ...entry, fields, reason };
  });
  const balances = openingBalancesOf(definition.name, members);
  const credited = await creditedKeys(client, balances);
  return [...enrollments, ...balances.map((balance) => balanceEntry(balance, credited.get(balance.key)))];
}

function memberFields({ firstName, lastName, email, enrollmentDate }: ProgramDefinition['members'][number]) {
  const values = { FirstName: firstName, LastName: lastName, Email: email, EnrollmentDate: enrollmentDate };
  return Object.entries(values).flatMap(([field, to]) => (to === undefined ? [] : [{ field, from: null, to }]));
}

/** Members are persons, and the enrollment creates a person account for each. */
function enrollmentRefusal(account: ReadonlyMap<string, DescribedField>): string | undefined {
  if (account.size === 0) return missingObject('Account');
  if (account.has('IsPersonAccount') || account.has('PersonContactId')) return undefined;
  return 'The org has no person accounts, which an enrollment creates, or the user cannot see them. Enable person accounts in Setup, and give the profile a default record type for them.';
}

function balanceEntry(balance: OpeningBalance, journal: string | undefined): PlanEntry {
  const { key, currency, points, member } = balance;
  const entry = { object: 'TransactionJournal', name: key, source: { kind: 'balance', balance } } as const;
  if (journal !== undefined) return { action: 'leave', ...entry, id: journal, fields: [] };
  const values = { Member: member, Currency: currency, Points: points };
  return {
    action: 'create',
    ...entry,
    fields: Object.entries(values).map(([field, to]) => ({ field, from: null, to })),
  };
}

/** Returns the Ids of the journals whose points are in the ledger, by key. */
async function creditedKeys(
  client: Pick<ProgramClient, 'query'>,
  balances: readonly OpeningBalance[],
): Promise<ReadonlyMap<string, string>> {
  const journals = await readOpenings(client, balances);
  return new Map([...journals].flatMap(([key, { id, isCredited }]) => (isCredited ? [[key, id] as const] : [])));
}
