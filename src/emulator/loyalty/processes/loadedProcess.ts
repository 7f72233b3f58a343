import { decimalOf } from '../../../base/decimal.js';
import { isJsonObject } from '../../../base/jsonObject.js';
import { creditPointsToMembers } from '../../../contract/templates/pointsTemplates.js';
import { textOf } from '../../../rules/index.js';
import type { ProgramRules, RuleProcess, RuleValue } from '../../../rules/index.js';
import type { StoredJournal } from '../journalReader.js';
import { NamedInputs } from '../parameters.js';
import { ProcessFailure } from '../processFailure.js';
import { memberCalled } from './processCall.js';
import type { ProcessCall } from './processCall.js';
import { journalOfCall } from './pointsProcesses.js';

type Call = Omit<ProcessCall, 'inputs'>;
type Given = Readonly<Record<string, unknown>>;

/** The rules of a process that is called by its name, as they were loaded for its program. */
export interface LoadedProcess {
  readonly rules: ProgramRules;
  readonly process: RuleProcess;
}

/** These two name the member as it is now, because the number is an input that they may change. */
const changingMembers: ReadonlySet<string> = new Set(['UnenrollMember', 'UpdateMemberDetails']);

/**
 * Runs the loaded rules of a process. Inputs become variables, and the outputs are the result.
 * @throws {ProcessFailure}
 */
export function runLoadedProcess(
  { rules, process }: LoadedProcess,
  call: Call,
  given: Given,
): Record<string, unknown>[] {
  const { loyalty, writing, program } = call;
  const journal = journalFor(process, call, given);
  const inputs = new Map(Object.entries(given).map(([name, value]) => [name, ruleValue(name, value)]));
  const outputs = loyalty.engine.callLoaded(writing, program.id, { rules, process, journal, inputs });
  return [Object.fromEntries([...outputs].map(([name, value]) => [name, jsonValue(value)]))];
}

/** The journal that is given with the call, or one that stands for the member alone. */
function journalFor(process: RuleProcess, call: Call, given: Given): StoredJournal {
  const inputs = new NamedInputs(creditPointsToMembers.inputs, given);
  if (isJsonObject(inputs.get('TransactionJournal'))) {
    const journalType = process.type === 'DebitPointsFromMembers' ? 'Redemption' : 'Accrual';
    return journalOfCall({ ...call, inputs }, journalType);
  }
  const member = memberGiven(process, call, given);
  return {
    ...{ id: '', memberId: member?.id ?? '', membershipNumber: member?.membershipNumber ?? '' },
    ...{ programId: call.program.id, journalType: '', typeId: null, subTypeId: null, status: null },
    amount: decimalOf(0),
    activityDate: new Date(call.loyalty.org.clock.now()).toISOString(),
  };
}

/** A process may do without a member. @throws {ProcessFailure} for one that does not exist */
function memberGiven({ type }: RuleProcess, call: Call, given: Given) {
  const inputs = new NamedInputs({}, given) as NamedInputs;
  const numberInput = changingMembers.has(type) ? 'CurrentMembershipNumber' : 'MembershipNumber';
  const [id, number] = [inputs.text('MemberId'), inputs.text(numberInput)];
  return id === undefined && number === undefined
    ? undefined
    : memberCalled(call, { MemberId: id, [numberInput]: number });
}

function ruleValue(name: string, value: unknown): RuleValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!isJsonObject(value)) throw new ProcessFailure(`${name} cannot be a list.`);
  const fields = Object.entries(value).map(([field, each]) => [field.toLowerCase(), ruleValue(field, each)] as const);
  return { is: 'Record', fields: new Map(fields) };
}

/** Days and moments are texts. */
function jsonValue(value: RuleValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value.is !== 'Record') return textOf(value);
  return Object.fromEntries([...value.fields].map(([name, field]) => [name, jsonValue(field)]));
}
