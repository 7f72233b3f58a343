import { z } from 'zod';
import type { Parameters } from '../contract/parameter.js';
import type { ParametersFor, ProcessTemplate } from '../contract/processTemplate.js';
import { unenrollMember, updateMemberDetails } from '../contract/templates/memberTemplates.js';
import { parseAnswer } from './parseAnswer.js';
import type { ProcessesResource, ProcessParameters } from './processes.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';
import type { FieldValues, SObjectsResource } from './sobjects.js';

/** Names a member of the program. */
export type MemberName = { readonly memberId: string } | { readonly membershipNumber: string };

/** New values. What is left out stays as it is. */
export interface MemberChanges {
  readonly membershipNumber?: string | undefined;
  readonly email?: string | undefined;
  /** `yyyy-MM-dd` */
  readonly enrollmentDate?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

export interface UpdateOptions {
  /** Name of the org's process of this type. Default: the name of the type. */
  readonly processName?: string | undefined;
  /** Inputs that the org's copy of the template has besides. */
  readonly parameters?: ProcessParameters | undefined;
}

/** Ids are null when the process returned none, which happens while its rule is not active. */
export interface UpdatedMember {
  readonly memberId: string | null;
  readonly contactId: string | null;
  readonly transactionJournalId: string | null;
}

/** Fields of the two records of a member, by API name. */
export interface MemberRecordValues {
  /** Of LoyaltyProgramMember. */
  readonly member?: FieldValues;
  /** Of the person account. */
  readonly account?: FieldValues;
}

interface ChangeResources {
  readonly processes: ProcessesResource;
  readonly query: QueryResource;
  readonly sobjects: SObjectsResource;
}

/** Changes and ends memberships, by processes or by their records. `client.members` has each method. */
export class MembershipChanges {
  readonly #resources: ChangeResources;

  constructor(resources: ChangeResources) {
    this.#resources = resources;
  }

  async update(
    program: string,
    member: MemberName,
    changes: MemberChanges,
    { processName, parameters }: UpdateOptions = {},
  ): Promise<UpdatedMember> {
    const input: ParametersFor<typeof updateMemberDetails> = {
      ...current(member),
      MembershipNumber: changes.membershipNumber,
      Email: changes.email,
      EnrollmentDate: changes.enrollmentDate,
      FirstName: changes.firstName,
      LastName: changes.lastName,
    };
    const result = await this.#run(program, updateMemberDetails, {
      name: processName,
      input: { ...parameters, ...input },
    });
    const { MemberId, ContactId, TransactionJournalId } = result;
    return {
      memberId: MemberId ?? null,
      contactId: ContactId ?? null,
      transactionJournalId: TransactionJournalId ?? null,
    };
  }

  async unenroll(program: string, member: MemberName, processName?: string): Promise<{ memberId: string | null }> {
    const input: ParametersFor<typeof unenrollMember> = current(member);
    const { MemberId } = await this.#run(program, unenrollMember, { name: processName, input });
    return { memberId: MemberId ?? null };
  }

  /** @throws {NoPersonAccountError} for fields of a person account where the member has none */
  async updateRecords(memberId: string, { member = {}, account = {} }: MemberRecordValues): Promise<void> {
    const { sobjects } = this.#resources;
    if (Object.keys(account).length > 0) {
      const accountId = await this.#accountOf(memberId);
      if (accountId === undefined) throw new NoPersonAccountError(memberId);
      await sobjects.update('Account', accountId, account);
    }
    if (Object.keys(member).length > 0) await sobjects.update('LoyaltyProgramMember', memberId, member);
  }

  async #accountOf(memberId: string): Promise<string | undefined> {
    const soql = `SELECT Contact.AccountId FROM LoyaltyProgramMember WHERE Id = ${soqlText(memberId)}`;
    const Row = z.object({ Contact: z.object({ AccountId: z.string().nullish() }).nullish() });
    const [row] = await this.#resources.query.allRows(soql, Row);
    return row?.Contact?.AccountId ?? undefined;
  }

  async #run<Result>(
    program: string,
    { type, result }: ProcessTemplate<Parameters, z.ZodType<Result>>,
    { name = type, input }: { name: string | undefined; input: ProcessParameters },
  ): Promise<Result> {
    const results = await this.#resources.processes.run(program, name, input);
    return parseAnswer(results[0] ?? {}, result, `A result of the process ${name} came`);
  }
}

/** The member has no person account whose fields could be written. */
export class NoPersonAccountError extends Error {
  override readonly name = 'NoPersonAccountError';

  constructor(readonly memberId: string) {
    super(`The member ${memberId} has no person account, so no field of a person can be changed.`);
  }
}

/** Both templates call the number of the member the current one. */
function current(member: MemberName): { MemberId?: string; CurrentMembershipNumber?: string } {
  if ('memberId' in member) return { MemberId: member.memberId };
  return { CurrentMembershipNumber: member.membershipNumber };
}
