import { RuleFailure } from '../../../../rules/index.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import type { RuleActionContext } from './ruleAction.js';

export function findPromotion({ writing, programId }: RuleActionContext, name: string): SObjectRow | undefined {
  return writing.store.find('Promotion', { LoyaltyProgramId: programId, Name: name })[0];
}

/** @throws {RuleFailure} */
export function promotionNamed(context: RuleActionContext, name: string): SObjectRow {
  const found = findPromotion(context, name);
  if (found) return found;
  throw new RuleFailure(`The program has no promotion ${name}.`);
}
