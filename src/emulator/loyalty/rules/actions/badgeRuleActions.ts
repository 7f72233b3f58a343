import { addToDay } from '../../../../base/dayArithmetic.js';
import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect } from '../../../../rules/index.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import { numberOf, textOrNull } from '../../rowValues.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { requiredText, textInput } from './ruleInputs.js';

/** Their parameters are not published: `LoyaltyProgramBadgeName`, and `IsBadgeAssigned` as the output of the check. */
export const badgeRuleActions: RuleActionHandlers = {
  AssignBadgeToMember: assign,
  CheckMemberBadgeAssignment: (given) => ({
    outputs: new Map([['IsBadgeAssigned', assigned(given, badgeOf(given)) !== undefined]]),
  }),
};

/** A member who has the badge keeps it as it is. */
function assign(given: ActionCallOf): RuleEffect {
  const { call, writing, journal, today } = given;
  const badge = badgeOf(given);
  if (assigned(given, badge)) return {};
  const values = { LoyaltyProgramBadgeId: badge.Id, LoyaltyProgramMemberId: journal.memberId, Status: 'Active' };
  const endDate = textInput(call, 'BadgeValidityEndDate') ?? lastDay(badge, today());
  const period = { StartDate: today(), EndDate: endDate, Reason: textInput(call, 'Reason') ?? null };
  const { store, userId } = writing;
  const id = store.insert('LoyaltyProgramMemberBadge', { ...values, ...period }, { as: 'org', userId });
  const name = String(badge['Name']);
  return { change: `badge ${name}`, result: { is: 'badge', id, badge: name, endDate } };
}

function lastDay(badge: SObjectRow, today: string): string | null {
  if (badge['ValidityType'] !== 'Period') return textOrNull(badge, 'ValidityEndDate');
  const unit = badge['ValidityDurationUnit'] === 'Months' ? 'Months' : 'Days';
  return addToDay(today, numberOf(badge, 'ValidityDuration'), unit);
}

function assigned({ writing, journal }: ActionCallOf, { Id }: SObjectRow): SObjectRow | undefined {
  return writing.store
    .find('LoyaltyProgramMemberBadge', { LoyaltyProgramMemberId: journal.memberId, LoyaltyProgramBadgeId: Id })
    .find((row) => row['Status'] === 'Active');
}

/** @throws {RuleFailure} */
function badgeOf({ call, writing, programId }: ActionCallOf): SObjectRow {
  const name = requiredText(call, 'LoyaltyProgramBadgeName');
  const [badge] = writing.store.find('LoyaltyProgramBadge', { LoyaltyProgramId: programId, Name: name });
  if (badge?.['Status'] === 'Active') return badge;
  throw new RuleFailure(`${call.name}: the program has no active badge ${name}.`);
}
