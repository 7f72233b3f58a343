import type { RuleEffect, RuleValue } from '../../../../rules/index.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import { numberOf, textOrNull } from '../../rowValues.js';
import { tierGroupsOf, tierNamed } from '../../tiers/programTiers.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { requiredText, textInput } from './ruleInputs.js';

/** Their parameters are not published: those of the standard actions `changeMemberTier` and `getMemberTier` are taken. */
export const tierRuleActions: RuleActionHandlers = {
  ChangeMemberTier: change,
  GetMemberTier: (given) => {
    const tier = heldTier(given);
    const sequence = tier ? numberOf(tier, 'SequenceNumber') : null;
    return {
      outputs: new Map<string, RuleValue>([
        ['TierName', textOrNull(tier, 'Name')],
        ['SequenceNumber', sequence],
      ]),
    };
  },
};

function change(given: ActionCallOf): RuleEffect {
  const { call, writing, journal, tiers, today } = given;
  const rung = tierNamed(writing.store, groupsOf(given), requiredText(call, 'TargetTierName'));
  const before = textOrNull(heldTier(given), 'Name');
  const open = tiers.read(writing, [journal.memberId], today());
  open.enter({
    memberId: journal.memberId,
    groupId: rung.groupId,
    rung,
    reason: textInput(call, 'ChangeReason') ?? null,
  });
  open.save();
  return before === rung.name ? {} : { change: `tier ${before ?? '(none)'} → ${rung.name}` };
}

function heldTier(given: ActionCallOf): SObjectRow | undefined {
  const { writing, journal, tiers, today } = given;
  const open = tiers.read(writing, [journal.memberId], today());
  for (const group of groupsOf(given)) {
    const held = open.held(journal.memberId, group.Id);
    if (held) return writing.store.get('LoyaltyTier', held.tierId);
  }
  return undefined;
}

function groupsOf({ call, writing, programId }: ActionCallOf) {
  const name = textInput(call, 'TierGroupName');
  const groups = tierGroupsOf(writing.store, programId);
  return name === undefined
    ? groups
    : groups.filter((group) => String(group['Name']).toLowerCase() === name.toLowerCase());
}
