import type { ReferralEventType } from '../../../contract/endpoints/referralShapes.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import { numberOf } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import type { ReferralPromotion } from './referralPromotion.js';

/** The stages of a referral promotion, in their order. */
const stageTypes = [
  'Promotion Launched',
  'Advocate Joins Promotion',
  'Advocate Refers Friend',
  'Friend Signs Up',
  'Friend Completes First Purchase',
] as const;
export type StageType = (typeof stageTypes)[number];

export const stageOfEvent: Readonly<Record<ReferralEventType, StageType>> = {
  Refer: 'Advocate Refers Friend',
  Enrollment: 'Friend Signs Up',
  Purchase: 'Friend Completes First Purchase',
};

/**
 * The stage of a type. Stages that the promotion does not have yet are made: in an org, they come with the promotion
 * when it is set up there.
 */
export function stageOfType(writing: WriteContext, promotion: ReferralPromotion, type: StageType): SObjectRow {
  const stage = stagesOf(writing, promotion).find((each) => each['Type'] === type);
  if (stage) return stage;
  throw new Error(`The promotion ${promotion.row.Id} has no stage ${type}.`);
}

/** The stage with that name, API name or type, in any case. @throws {OrgRefusal} 400 */
export function stageNamed(writing: WriteContext, promotion: ReferralPromotion, name: string): SObjectRow {
  const stages = stagesOf(writing, promotion);
  const isWanted = (value: unknown): boolean => typeof value === 'string' && value.toLowerCase() === name.toLowerCase();
  const stage = stages.find((each) => ['Name', 'ApiName', 'Type'].some((field) => isWanted(each[field])));
  if (stage) return stage;
  throw invalidInput(`The promotion ${promotion.name} has no stage ${name}.`);
}

/** Where a stage stands among those of its promotion. */
export function sequenceOf(stage: SObjectRow): number {
  return numberOf(stage, 'SequenceNumber');
}

function stagesOf({ store, userId }: WriteContext, { row: { Id: PromotionId } }: ReferralPromotion): SObjectRow[] {
  const types = new Set(store.find('PromotionStage', { PromotionId }).map((stage) => stage['Type']));
  for (const [index, Type] of stageTypes.entries()) {
    if (types.has(Type)) continue;
    const names = { Name: Type, ApiName: Type.replaceAll(' ', '_') };
    store.insert('PromotionStage', { ...names, Type, SequenceNumber: index + 1, PromotionId }, { as: 'org', userId });
  }
  return store.find('PromotionStage', { PromotionId });
}
