import type { RuleEffect } from '../../../../rules/index.js';
import { textOrNull } from '../../rowValues.js';
import { tierGroupsOf, tierNamed } from '../../tiers/programTiers.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { requiredText, textInput } from './ruleInputs.js';

/** Their parameters are not published: those of the standard actions `changeMemberTier` and `getMemberTier` are taken. */
export const tierRuleActions: RuleActionHandlers = {
  ChangeMemberTier: change,
  GetMemberTier: (given) => ({ outputs: new Map([['TierName', heldName(given)]]) }),
};

function change(given: ActionCallOf): RuleEffect {
  const { call, writing, journal, tiers, today } = given;
  const rung = tierNamed(writing.store, groupsOf(given), requiredText(call, 'TargetTierName'));
  const before = heldName(given);
  const open = tiers.read(writing, [journal.memberId], today());
  open.enter({
    memberId: journal.memberId,
    groupId: rung.groupId,
    rung,
    reason: textInput(call, 'ChangeReason') ?? null,
  });
  open.save();
  const outputs = new Map([['TierName', rung.name]]);
  return before === rung.name ? { outputs } : { outputs, change: `tier ${before ?? '(none)'} → ${rung.name}` };
}

function heldName(given: ActionCallOf): string | null {
  const { writing, journal, tiers, today } = given;
  const open = tiers.read(writing, [journal.memberId], today());
  for (const group of groupsOf(given)) {
    const held = open.held(journal.memberId, group.Id);
    if (held) return textOrNull(writing.store.get('LoyaltyTier', held.tierId), 'Name');
  }
  return null;
}

function groupsOf({ call, writing, programId }: ActionCallOf) {
  const name = textInput(call, 'TierGroupName');
  const groups = tierGroupsOf(writing.store, programId);
  return name === undefined
    ? groups
    : groups.filter((group) => String(group['Name']).toLowerCase() === name.toLowerCase());
}
