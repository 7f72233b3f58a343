import { isInPeriod } from '../../../../base/dayPeriod.js';
import { decimalOf, readDecimal } from '../../../../base/decimal.js';
import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect } from '../../../../rules/index.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import { textOrNull } from '../../rowValues.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { numberInput, requiredText, textInput } from './ruleInputs.js';

const output = 'MemberAttributeCurrentValue';

/** What a member has of an engagement attribute. Values are numbers. A member without one has the default. */
export const attributeRuleActions: RuleActionHandlers = {
  GetMemberAttributesValues: (given) => ({ outputs: new Map([[output, currentValue(given, attributeOf(given))]]) }),
  UpdateCurrentValueForMemberAttribute: update,
};

function update(given: ActionCallOf): RuleEffect {
  const { call } = given;
  const attribute = attributeOf(given);
  const type = textInput(call, 'UpdateType') ?? 'OverwriteCurrentValue';
  const before = currentValue(given, attribute);
  const wanted = numberInput(call, 'Value');
  const after = (type === 'IncreaseCurrentValue' ? decimalOf(before).plus(wanted) : wanted).toNumber();
  if (type !== 'IncreaseCurrentValue' && type !== 'OverwriteCurrentValue')
    throw new RuleFailure(`${call.name}: UpdateType is ${type}, not OverwriteCurrentValue or IncreaseCurrentValue.`);
  save(given, attribute, after);
  return { outputs: new Map([[output, after]]), change: `${String(attribute['Name'])} ${before} → ${after}` };
}

/** The row of the period in which today is; a new one begins today. */
function save({ writing, journal, today }: ActionCallOf, attribute: SObjectRow, value: number): void {
  const { store, userId } = writing;
  const row = currentRow({ writing, journal, today }, attribute);
  const values = { CurrentValue: String(value) };
  if (row) store.update('LoyaltyPgmMbrAttributeVal', row.Id, values, { as: 'org', userId });
  else {
    const parents = { LoyaltyPgmEngmtAttributeId: attribute.Id, LoyaltyProgramMemberId: journal.memberId };
    store.insert('LoyaltyPgmMbrAttributeVal', { ...parents, ...values, StartDate: today() }, { as: 'org', userId });
  }
}

function currentValue(given: ActionCallOf, attribute: SObjectRow): number {
  const text = textOrNull(currentRow(given, attribute), 'CurrentValue') ?? textOrNull(attribute, 'DefaultValue') ?? '0';
  const value = readDecimal(text);
  if (value) return value.toNumber();
  throw new RuleFailure(
    `${given.call.name}: the value of ${String(attribute['Name'])} is ${text}, which is no number.`,
  );
}

function currentRow(
  { writing, journal, today }: Pick<ActionCallOf, 'writing' | 'journal' | 'today'>,
  { Id }: SObjectRow,
): SObjectRow | undefined {
  return writing.store
    .find('LoyaltyPgmMbrAttributeVal', { LoyaltyProgramMemberId: journal.memberId, LoyaltyPgmEngmtAttributeId: Id })
    .filter((row) => isInPeriod(today(), textOrNull(row, 'StartDate'), textOrNull(row, 'EndDate')))
    .at(-1);
}

/** @throws {RuleFailure} */
function attributeOf({ call, writing, programId }: ActionCallOf): SObjectRow {
  const name = requiredText(call, 'EngagementAttributeName');
  const [found] = writing.store.find('LoyaltyPgmEngmtAttribute', { LoyaltyProgramId: programId, Name: name });
  if (found) return found;
  throw new RuleFailure(`${call.name}: the program has no engagement attribute ${name}.`);
}
