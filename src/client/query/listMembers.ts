import { z } from 'zod';
import type { QueryResource } from './queryResource.js';
import { soqlText } from './soql.js';

const Row = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  MemberStatus: z.string().nullable(),
  MemberType: z.string().nullable(),
  EnrollmentDate: z.string().nullable(),
  Contact: z.object({ Name: z.string().nullish(), Email: z.string().nullish() }).nullish(),
});
export type ListedMember = z.infer<typeof Row>;

export interface MemberFilter {
  /** `Active`, `Inactive`, or a status of the org's own. */
  readonly status?: string | undefined;
  /** First and last day of the enrollment, `yyyy-MM-dd`. */
  readonly enrolledFrom?: string | undefined;
  readonly enrolledTo?: string | undefined;
  readonly limit?: number | undefined;
}

export async function listMembers(
  query: QueryResource,
  program: string,
  filter: MemberFilter,
): Promise<ListedMember[]> {
  const limit = filter.limit === undefined ? '' : ` LIMIT ${filter.limit}`;
  const fields = 'Id, MembershipNumber, MemberStatus, MemberType, EnrollmentDate, Contact.Name, Contact.Email';
  const order = 'ORDER BY EnrollmentDate DESC, MembershipNumber';
  return query.allRows(`SELECT ${fields} ${membersWhere(program, filter)} ${order}${limit}`, Row);
}

export function membersWhere(program: string, { status, enrolledFrom, enrolledTo }: MemberFilter): string {
  const conditions = [
    `Program.Name = ${soqlText(program)}`,
    ...(status === undefined ? [] : [`MemberStatus = ${soqlText(status)}`]),
    ...(enrolledFrom === undefined ? [] : [`EnrollmentDate >= ${day(enrolledFrom)}`]),
    ...(enrolledTo === undefined ? [] : [`EnrollmentDate <= ${day(enrolledTo)}`]),
  ];
  return `FROM LoyaltyProgramMember WHERE ${conditions.join(' AND ')}`;
}

/** A date stands in a query without quotes. @throws {RangeError} for anything else */
function day(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  throw new RangeError(`"${text}" is not a day such as 2026-03-31.`);
}
