import { z } from 'zod';
import { IndividualEnrollmentResponse } from '../contract/enrollment.js';
import type { IndividualEnrollmentRequest } from '../contract/enrollment.js';
import type { QueryResource } from './query.js';
import type { Send } from './send.js';
import { inLists, soqlText } from './soql.js';

const MemberRow = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  MemberStatus: z.string().nullable(),
  MemberType: z.string().nullable(),
  EnrollmentDate: z.string().nullable(),
  ContactId: z.string().nullable(),
});
export type MemberRow = z.infer<typeof MemberRow>;

/** `client.members`: LoyaltyProgramMember. */
export class MembersResource {
  readonly #send: Send;
  readonly #query: QueryResource;

  constructor(send: Send, query: QueryResource) {
    this.#send = send;
    this.#query = query;
  }

  /**
   * Creates a person account and its membership.
   * `POST /loyalty-programs/{program}/individual-member-enrollments`, sent at most once. Membership numbers are unique
   * in a program: look the number up after a lost answer.
   */
  async enroll(program: string, request: IndividualEnrollmentRequest): Promise<IndividualEnrollmentResponse> {
    const path = `/loyalty-programs/${encodeURIComponent(program)}/individual-member-enrollments`;
    return this.#send({ method: 'POST', path, body: request }, IndividualEnrollmentResponse);
  }

  /**
   * The members of the program that have one of these numbers, in no order. SOQL compares without case: a row's
   * `MembershipNumber` is spelled as the org has it.
   */
  async find(program: string, membershipNumbers: Iterable<string>): Promise<MemberRow[]> {
    const rows: MemberRow[] = [];
    for (const list of inLists(membershipNumbers)) {
      for await (const row of this.#query.rows(select(program, `MembershipNumber IN ${list}`), MemberRow))
        rows.push(row);
    }
    return rows;
  }

  /** The member with this `0lM…` Id or membership number, or undefined. A number may look like an Id: the Id wins. */
  async resolve(program: string, member: string): Promise<MemberRow | undefined> {
    const rows = await this.#query.allRows(select(program, memberCondition(member)), MemberRow);
    return (
      rows.find(({ Id }) => Id.slice(0, 15) === member.slice(0, 15)) ??
      rows.find(({ MembershipNumber }) => MembershipNumber === member) ??
      rows[0]
    );
  }
}

/** A condition on one member by Id or membership number. `path` leads there from another object: `Member.`. */
export function memberCondition(member: string, path = ''): string {
  const byNumber = `${path}MembershipNumber = ${soqlText(member)}`;
  return isMemberId(member) ? `(${path}Id = ${soqlText(member)} OR ${byNumber})` : byNumber;
}

/** Guide: key prefix of LoyaltyProgramMember. Ids have 15 characters, or 18 with a checksum. */
function isMemberId(text: string): boolean {
  return /^0lM[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(text);
}

function select(program: string, condition: string): string {
  const fields = Object.keys(MemberRow.shape).join(', ');
  return `SELECT ${fields} FROM LoyaltyProgramMember WHERE Program.Name = ${soqlText(program)} AND ${condition}`;
}
