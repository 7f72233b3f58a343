import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { ProgramReader } from '../org/readOrgProgram.js';
import { byCodeUnits } from './exportedRecords.js';
import type { NotExported } from './exportedRecords.js';

const MemberRow = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  MemberType: z.string().nullish(),
  EnrollmentDate: z.string().nullish(),
  Contact: z
    .object({ FirstName: z.string().nullish(), LastName: z.string().nullish(), Email: z.string().nullish() })
    .nullish(),
});
const BalanceRow = z.object({
  LoyaltyMemberId: z.string(),
  PointsBalance: z.number().nullish(),
  LoyaltyProgramCurrency: z.object({ Name: z.string() }).nullish(),
});

interface ExportedMembers {
  readonly members: readonly unknown[];
  readonly notExported: readonly NotExported[];
}

/**
 * Reads the members of a program, in the order of their numbers, with the points that they have now as opening
 * balances.
 */
export async function exportMembers(
  client: ProgramReader,
  programId: string,
  { currencies }: Pick<ProgramDefinition, 'currencies'>,
): Promise<ExportedMembers> {
  const active = new Set(currencies.flatMap((currency) => (currency.active ? currency.name : [])));
  const ofProgram = soqlText(programId);
  const fields = 'MembershipNumber, MemberType, EnrollmentDate, Contact.FirstName, Contact.LastName, Contact.Email';
  const rows = await client.query.allRows(
    `SELECT Id, ${fields} FROM LoyaltyProgramMember WHERE ProgramId = ${ofProgram} ORDER BY Id`,
    MemberRow,
  );
  const ordered = rows.toSorted((a, b) => byCodeUnits(a.MembershipNumber, b.MembershipNumber));
  const balances = await readBalances(client, ofProgram);
  const members: unknown[] = [];
  const notExported: NotExported[] = [];
  for (const { Id, MembershipNumber: number, MemberType, EnrollmentDate, Contact } of ordered) {
    const reason = MemberType === 'Corporate' || MemberType === 'Group' ? `the member is a ${MemberType}` : undefined;
    if (reason !== undefined || !Contact?.LastName || !EnrollmentDate) {
      const missing = Contact?.LastName ? 'the member has no enrollment date' : 'the member has no contact with a name';
      notExported.push({ object: 'LoyaltyProgramMember', name: number, reason: reason ?? missing });
      continue;
    }
    const { FirstName: firstName, LastName: lastName, Email: email } = Contact;
    const person = { number, firstName: firstName ?? undefined, lastName, email: email ?? undefined };
    const points = balances.get(Id) ?? [];
    for (const [currency, value] of points.filter(([each]) => !active.has(each))) {
      const because = `the currency "${currency}" is not active`;
      notExported.push({ object: 'LoyaltyProgramMember', name: number, field: currency, value, reason: because });
    }
    const openingBalances = Object.fromEntries(points.filter(([each]) => active.has(each)));
    members.push({ ...person, enrollmentDate: EnrollmentDate.slice(0, 10), openingBalances });
  }
  return { members, notExported };
}

/** Balances above zero by member and currency, each member's in the order of the currencies' names. */
async function readBalances(client: ProgramReader, ofProgram: string): Promise<Map<string, [string, number][]>> {
  const rows = await client.query.allRows(
    'SELECT LoyaltyMemberId, PointsBalance, LoyaltyProgramCurrency.Name FROM LoyaltyMemberCurrency ' +
      `WHERE LoyaltyMember.ProgramId = ${ofProgram} AND PointsBalance > 0 ORDER BY Id`,
    BalanceRow,
  );
  const balances = new Map<string, [string, number][]>();
  for (const { LoyaltyMemberId: member, PointsBalance: points, LoyaltyProgramCurrency: currency } of rows) {
    const ofMember = balances.get(member) ?? [];
    if (currency && points) ofMember.push([currency.Name, points]);
    balances.set(member, ofMember);
  }
  for (const ofMember of balances.values()) ofMember.sort(([a], [b]) => byCodeUnits(a, b));
  return balances;
}
