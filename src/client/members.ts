import { z } from 'zod';
import { isSameId } from '../base/sameId.js';
import { benefitEndpoints } from '../contract/endpoints/benefitEndpoints.js';
import type { MemberBenefit } from '../contract/endpoints/benefitEndpoints.js';
import { enrollmentEndpoints } from '../contract/endpoints/enrollmentEndpoints.js';
import type {
  CorporateEnrollmentRequest,
  CorporateEnrollmentResponse,
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
import { listMembers, membersWhere } from './query/listMembers.js';
import type { ListedMember, MemberFilter } from './query/listMembers.js';
import { MembershipChanges } from './membershipChanges.js';
import type {
  MemberChanges,
  MemberName,
  MemberRecordValues,
  UpdatedMember,
  UpdateOptions,
} from './membershipChanges.js';
import type { ProcessesResource } from './processes.js';
import type { ProgramsResource } from './programs.js';
import { memberCondition } from './query/memberCondition.js';
import type { QueryResource } from './query/queryResource.js';
import { inLists, soqlText } from './query/soql.js';
import type { SObjectsResource } from './sobjects.js';
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

/** The member, and optionally the only currency to return. */
export type ProfileRequest = { readonly programCurrencyName?: string } & (
  { readonly memberId: string } | { readonly membershipNumber: string }
);

/** Pages count from 1 and hold 200 vouchers. Lists may have several values. */
export type VoucherFilter = QueryOf<typeof voucherEndpoints.ofMember>;

interface MemberRooms {
  readonly query: QueryResource;
  readonly programs: ProgramsResource;
  readonly processes: ProcessesResource;
  readonly sobjects: SObjectsResource;
  readonly now: () => number;
}

/** `client.members`: LoyaltyProgramMember. */
export class MembersResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #programs: ProgramsResource;
  readonly #now: () => number;
  readonly #changes: MembershipChanges;

  constructor(call: CallEndpoint, rooms: MemberRooms) {
    this.#call = call;
    this.#query = rooms.query;
    this.#programs = rooms.programs;
    this.#now = rooms.now;
    this.#changes = new MembershipChanges(rooms);
  }

  /**
   * Creates a person account and its membership.
   * `POST /loyalty-programs/{program}/individual-member-enrollments`, sent at most once. Membership numbers are unique
   * in a program: look the number up after a lost answer.
   */
  async enroll(program: string, request: IndividualEnrollmentRequest): Promise<IndividualEnrollmentResponse> {
    return this.#call(enrollmentEndpoints.individual, { params: { program }, body: request });
  }

  /**
   * Creates a business account and its membership.
   * `POST /loyalty-programs/{program}/corporate-member-enrollments`, sent at most once. As in `enroll`, the membership
   * number tells after a lost answer whether it happened.
   */
  async enrollCorporate(program: string, request: CorporateEnrollmentRequest): Promise<CorporateEnrollmentResponse> {
    return this.#call(enrollmentEndpoints.corporate, { params: { program }, body: request });
  }

  /**
   * `GET /loyalty-programs/{program}/members`: a member with its currencies and tiers. 404 if there is no such member.
   */
  async profile(program: string, member: ProfileRequest): Promise<MemberProfile> {
    return this.#call(memberEndpoints.profile, { params: { program }, query: member });
  }

  /** `GET /connect/loyalty/member/{memberId}/memberbenefits` */
  async benefits(memberId: string): Promise<MemberBenefit[]> {
    return (await this.#call(benefitEndpoints.ofMember, { params: { memberId } })).memberBenefits;
  }

  /**
   * `GET /loyalty/programs/{program}/members/{membershipNumber}/vouchers`: one page. By default, those that expire
   * first come first.
   */
  async vouchers(program: string, membershipNumber: string, filter: VoucherFilter = {}): Promise<MemberVoucher[]> {
    return (await this.#call(voucherEndpoints.ofMember, { params: { program, membershipNumber }, query: filter }))
      .vouchers;
  }

  /**
   * Changes a member and the person behind it by a process of type UpdateMemberDetails, sent at most once. The same
   * values can be set again.
   */
  async update(
    program: string,
    member: MemberName,
    changes: MemberChanges,
    options?: UpdateOptions,
  ): Promise<UpdatedMember> {
    return this.#changes.update(program, member, changes, options);
  }

  /** Changes fields of a member and of its person account directly: one request for each of the two records. */
  async updateRecords(memberId: string, values: MemberRecordValues): Promise<void> {
    return this.#changes.updateRecords(memberId, values);
  }

  /** Ends a membership by a process of type UnenrollMember, sent at most once. */
  async unenroll(program: string, member: MemberName, processName?: string): Promise<{ memberId: string | null }> {
    return this.#changes.unenroll(program, member, processName);
  }

  /** Reads all pages of `vouchers`. @throws {LostAnswerError} also if the pages do not end */
  async allVouchers(
    program: string,
    membershipNumber: string,
    filter: Omit<VoucherFilter, 'pageNumber'> = {},
  ): Promise<MemberVoucher[]> {
    return voucherPages((pageNumber) => this.vouchers(program, membershipNumber, { ...filter, pageNumber }));
  }

  /** Lists members, those who enrolled last first. @throws {UnknownProgramError} when none is found for that reason */
  async list(program: string, filter: MemberFilter = {}): Promise<ListedMember[]> {
    const rows = await listMembers(this.#query, program, filter);
    if (rows.length === 0) await this.#programs.mustExist(program);
    return rows;
  }

  /** Counts the members that `list` would return without its limit. */
  async count(program: string, filter: MemberFilter = {}): Promise<number> {
    return this.#query.count(`SELECT COUNT() ${membersWhere(program, filter)}`);
  }

  /**
   * Returns the members of the program that have one of these numbers, in no order. SOQL ignores case:
   * `MembershipNumber` in a row is spelled as in the org.
   *
   * @throws {UnknownProgramError} when nobody is found because the org has no such program
   */
  async find(program: string, membershipNumbers: Iterable<string>): Promise<MemberRow[]> {
    const queries = inLists(membershipNumbers).map((list) => select(program, `MembershipNumber IN ${list}`));
    const rows = await this.#query.rowsOfAll(queries, MemberRow);
    if (rows.length === 0) await this.#programs.mustExist(program);
    return rows;
  }

  /**
   * Returns the member with this `0lM…` Id or membership number, or undefined. If one member's number looks like the Id
   * of another, the Id decides.
   *
   * @throws {UnknownProgramError}
   */
  async resolve(program: string, member: string): Promise<MemberRow | undefined> {
    const rows = await this.#query.allRows(select(program, memberCondition(member)), MemberRow);
    if (rows.length === 0) await this.#programs.mustExist(program);
    return (
      rows.find(({ Id }) => isSameId(Id, member)) ??
      rows.find(({ MembershipNumber }) => MembershipNumber === member) ??
      rows[0]
    );
  }

  /**
   * Like `resolve`, but throws if there is no such member.
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
   * Returns what a member has now: points in every currency, and tiers. `member` is as in `resolve`.
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
