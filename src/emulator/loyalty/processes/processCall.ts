import type { z } from 'zod';
import type { ProcessType } from '../../../contract/endpoints/processEndpoints.js';
import type { Parameters } from '../../../contract/parameter.js';
import type { ProcessTemplate } from '../../../contract/processTemplate.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import { NamedInputs } from '../parameters.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';

/** One call of a process. */
export interface ProcessCall<Inputs extends Parameters = Parameters> {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  /** The LoyaltyProgramProcess. */
  readonly process: SObjectRow;
  readonly inputs: NamedInputs<Inputs>;
}

/** Processes of one type, as this org runs them. */
export interface ServedProcess {
  readonly type: ProcessType;
  readonly inputs: Parameters;
  /** @returns `results`. @throws {ProcessFailure | OrgRefusal} */
  readonly run: (
    call: Omit<ProcessCall, 'inputs'>,
    given: Readonly<Record<string, unknown>>,
  ) => Record<string, unknown>[];
}

export function serveProcess<Inputs extends Parameters, Result extends z.ZodType<Record<string, unknown>>>(
  template: ProcessTemplate<Inputs, Result>,
  run: (call: ProcessCall<Inputs>) => z.output<Result>[],
): ServedProcess {
  return {
    type: template.type,
    inputs: template.inputs,
    run: (call, given) => run({ ...call, inputs: new NamedInputs(template.inputs, given) }),
  };
}

/** A call whose inputs name a member. */
export type MemberCall = ProcessCall<Pick<Parameters, 'MemberId' | 'MembershipNumber'>>;

/** @throws {ProcessFailure} when neither MemberId nor MembershipNumber names a member of the program */
export function memberOf(call: MemberCall): Member {
  return memberCalled(call, {
    MemberId: call.inputs.text('MemberId'),
    MembershipNumber: call.inputs.text('MembershipNumber'),
  });
}

/**
 * @param given id and number of the member, by the names of the inputs, in this order
 * @throws {ProcessFailure} when neither names a member of the program
 */
export function memberCalled(
  { program, loyalty: { members } }: Pick<ProcessCall, 'program' | 'loyalty'>,
  given: Readonly<Record<string, string | undefined>>,
): Member {
  const [id, number] = Object.values(given);
  if (id === undefined && number === undefined) throw new ProcessFailure(`Give ${Object.keys(given).join(' or ')}.`);
  const member =
    id === undefined ? members.numbered(program.id, number ?? '') : members.byId(program.id, [to18(id)]).get(to18(id));
  if (member) return member;
  const wanted = id === undefined ? `the membership number ${number ?? ''}` : `the id ${id}`;
  throw new ProcessFailure(`No member of ${program.name} has ${wanted}.`);
}
