import { z } from 'zod';
import { benefitEndpoints } from '../contract/endpoints/benefitEndpoints.js';
import type { MemberBenefit } from '../contract/endpoints/benefitEndpoints.js';
import { enrollmentEndpoints } from '../contract/endpoints/enrollmentEndpoints.js';
import type {
  IndividualEnrollmentRequest,
  IndividualEnrollmentResponse,
} from '../contract/endpoints/enrollmentEndpoints.js';
import type { QueryOf } from '../contract/endpoint.js';
import { memberEndpoints } from '../contract/endpoints/memberEndpoints.js';
import type { MemberProfile } from '../contract/endpoints/memberEndpoints.js';
import { voucherEndpoints } from '../contract/endpoints/voucherEndpoints.js';
import type { MemberVoucher } from '../contract/endpoints/voucherEndpoints.js';
import { readCurrencies, readTiers } from './balances.js';
import type { MemberBalances } from './balances.js';
import type { CallEndpoint } from './call.js';
import { UnknownMemberError } from './failures/lookUpErrors.js';
import type { ProgramsResource } from './programs.js';
import { memberCondition } from './query/memberCondition.js';
import type { QueryResource } from './query/queryResource.js';
import { inLists, soqlText } from './query/soql.js';
import { voucherPages } from './voucherPages.js';

const MemberRow = z.object({
  Id: z.string(),
  MembershipNumber: z.string(),
  MemberStatus: z.string().nullable(),
  MemberType: z.string().nullable(),
  EnrollmentDate: z.string().nullable(),
  ContactId: z.string().nullable(),
});
export type MemberRow = z.infer<typeof MemberRow>;

/** Whose profile, and optionally the one currency that is wanted. */
export type ProfileRequest = { readonly programCurrencyName?: string } & (
  { readonly memberId: string } | { readonly membershipNumber: string }
);

/** Pages count from 1 and hold 200 vouchers. Lists take several values. */
export type VoucherFilter = QueryOf<typeof voucherEndpoints.ofMember>;

/** `client.members`: LoyaltyProgramMember. */
export class MembersResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #programs: ProgramsResource;
  readonly #now: () => number;

  constructor(call: CallEndpoint, rooms: { query: QueryResource; programs: ProgramsResource; now: () => number }) {
    this.#call = call;
    this.#query = rooms.query;
    this.#programs = rooms.programs;
    this.#now = rooms.now;
  }

  /**
   * Creates a person account and its membership.
   * `POST /loyalty-programs/{program}/individual-member-enrollments`, sent at most once. Membership numbers are unique
   * in a program: look the number up after a lost answer.
   */
  async enroll(program: string, request: IndividualEnrollmentRequest): Promise<IndividualEnrollmentResponse> {
    return this.#call(enrollmentEndpoints.individual, { params: { program }, body: request });
  }

  /** `GET /loyalty-programs/{program}/members`: all about a member, with its currencies and tiers. 404 for nobody. */
  async profile(program: string, member: ProfileRequest): Promise<MemberProfile> {
    return this.#call(memberEndpoints.profile, { params: { program }, query: member });
  }

  /** `GET /connect/loyalty/member/{memberId}/memberbenefits` */
  async benefits(memberId: string): Promise<MemberBenefit[]> {
    return (await this.#call(benefitEndpoints.ofMember, { params: { memberId } })).memberBenefits;
  }

  /** `GET /loyalty/programs/{program}/members/{membershipNumber}/vouchers`: one page, those that expire first unless given. */
  async vouchers(program: string, membershipNumber: string, filter: VoucherFilter = {}): Promise<MemberVoucher[]> {
    return (await this.#call(voucherEndpoints.ofMember, { params: { program, membershipNumber }, query: filter }))
      .vouchers;
  }

  /** As `vouchers`, over all pages. @throws {LostAnswerError} also when the pages do not end */
  async allVouchers(
    program: string,
    membershipNumber: string,
    filter: Omit<VoucherFilter, 'pageNumber'> = {},
  ): Promise<MemberVoucher[]> {
    return voucherPages((pageNumber) => this.vouchers(program, membershipNumber, { ...filter, pageNumber }));
  }

  /**
   * The members of the program that have one of these numbers, in no order. SOQL compares without case: a row's
   * `MembershipNumber` is spelled as the org has it.
   *
   * @throws {UnknownProgramError} when nobody is found because the org has no such program
   */
  async find(program: string, membershipNumbers: Iterable<string>): Promise<MemberRow[]> {
    const rows: MemberRow[] = [];
    for (const list of inLists(membershipNumbers)) {
      for await (const row of this.#query.rows(select(program, `MembershipNumber IN ${list}`), MemberRow))
        rows.push(row);
    }
    if (rows.length === 0) await this.#programs.mustExist(program);
    return rows;
  }

  /**
   * The member with this `0lM…` Id or membership number, or undefined. A number may look like an Id: the Id wins.
   *
   * @throws {UnknownProgramError}
   */
  async resolve(program: string, member: string): Promise<MemberRow | undefined> {
    const rows = await this.#query.allRows(select(program, memberCondition(member)), MemberRow);
    if (rows.length === 0) await this.#programs.mustExist(program);
    return (
      rows.find(({ Id }) => Id.slice(0, 15) === member.slice(0, 15)) ??
      rows.find(({ MembershipNumber }) => MembershipNumber === member) ??
      rows[0]
    );
  }

  /**
   * As `resolve`, for a member who must be there.
   *
   * @throws {UnknownProgramError}
   * @throws {UnknownMemberError}
   */
  async get(program: string, member: string): Promise<MemberRow> {
    const found = await this.resolve(program, member);
    if (!found) throw new UnknownMemberError(member, program);
    return found;
  }

  /**
   * What a member owns now: points in every currency, and tiers. `member` as in `resolve`.
   *
   * @throws {UnknownProgramError}
   * @throws {UnknownMemberError} when nothing is found because there is no such member
   */
  async balances(program: string, member: string): Promise<MemberBalances> {
    const [currencies, tiers] = await Promise.all([
      readCurrencies(this.#query, program, member),
      readTiers(this.#query, { program, member, now: this.#now() }),
    ]);
    if (currencies.length === 0 && tiers.length === 0) await this.get(program, member);
    return { currencies, tiers };
  }
}

function select(program: string, condition: string): string {
  const fields = Object.keys(MemberRow.shape).join(', ');
  return `SELECT ${fields} FROM LoyaltyProgramMember WHERE Program.Name = ${soqlText(program)} AND ${condition}`;
}
