import { assessTier, standing } from '../engine/tierAssessment.js';
import { tierLadders } from '../engine/tierLadders.js';
import { isActiveStatus } from '../memberStanding.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/**
 * "Manage Tier Eligibility": puts every active member into the tier that the balance gives, and extends a tier that has
 * expired and is still earned. An org assesses only members with `IsEligibleForTierAssessment`, which is cleared here.
 */
export function assessTiers({ loyalty, writing, programId, currencies }: PointsJobCall, count: PointsJobCount): void {
  const { store, userId } = writing;
  const members = store
    .find('LoyaltyProgramMember', { ProgramId: programId })
    .filter((member) => isActiveStatus(member['MemberStatus']));
  const ids = new Set(members.map(({ Id }) => Id));
  const points = loyalty.engine.points.read(writing, ids);
  const tiers = loyalty.engine.tiers.read(writing, ids, loyalty.today());
  for (const ladder of tierLadders(store, programId, currencies)) {
    for (const { Id } of members) {
      const held = points.currencies.ofMember(Id).find(({ currencyId }) => currencyId === ladder.currencyId);
      if (held && assessTier(tiers, ladder, { ...standing(held), reason: 'Tier assessment' })) count.add(Id);
    }
  }
  tiers.save();
  for (const { Id, IsEligibleForTierAssessment: isMarked } of members) {
    if (isMarked === true) {
      store.update('LoyaltyProgramMember', Id, { IsEligibleForTierAssessment: false }, { as: 'org', userId });
    }
  }
}
