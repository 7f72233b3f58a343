import { unmergeLoyaltyProgramMembership } from '../../../../contract/actions/mergeActions.js';
import type { Store } from '../../../store/store.js';
import type { LoyaltyOrg } from '../../loyaltyOrg.js';
import { ProcessFailure } from '../../processFailure.js';
import type { WriteContext } from '../../writeContext.js';
import { serveAction } from '../servedAction.js';
import { moveRecords, movingObjects, readData } from './mergedData.js';
import type { MergedData, MovingObject } from './mergedData.js';
import { movePoints } from './mergedPoints.js';

/**
 * Gives back what a merge has moved, as far as the target still has it: journals, ledgers and points of before the merge.
 * Guide: restores the tier, and the merge becomes Unmerged. That points which have been spent cannot go back is ours.
 */
export const unmergeMembers = serveAction(unmergeLoyaltyProgramMembership, (loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const source = inputs.record('mergedLoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const number = String(source['MembershipNumber']);
  const merge = store.find('LoyaltyProgramMemberMerge', { SourceMemberId: source.Id, Status: 'Merged' }).at(-1);
  if (source['MemberStatus'] !== 'Merged' || !merge) throw new ProcessFailure(`The member ${number} is not merged.`);
  const data = readData(merge['SrcMbrDataBody']);
  if (!data) throw new ProcessFailure(`The merge ${String(merge['Name'])} has no data of the member ${number}.`);
  const targetId = String(merge['TargetMemberId']);
  for (const objectName of Object.keys(movingObjects) as MovingObject[]) {
    const ids = stillThere(store, { objectName, ids: data.moved[objectName], memberId: targetId });
    moveRecords(writing, { objectName, ids, memberId: source.Id });
  }
  movePoints(writing, data.totals, { from: targetId, to: source.Id });
  restoreTiers(loyalty, writing, { targetId, tiers: data.tiers });
  store.update('LoyaltyProgramMember', source.Id, { MemberStatus: data.memberStatus }, { as: 'org', userId });
  store.update('LoyaltyProgramMemberMerge', merge.Id, { Status: 'Unmerged' }, { as: 'org', userId });
  return {};
});

/** A voucher that the target has used stays with it. */
function stillThere(
  store: Store,
  {
    objectName,
    ids,
    memberId,
  }: { readonly objectName: MovingObject; readonly ids: readonly string[]; readonly memberId: string },
): string[] {
  return ids.filter((id) => {
    const row = store.get(objectName, id);
    if (row?.[movingObjects[objectName]] !== memberId) return false;
    return objectName !== 'Voucher' || row['Status'] === 'Issued';
  });
}

/** The target gets its tier back where it still has the one from the merge. */
function restoreTiers(
  { engine, today }: LoyaltyOrg,
  writing: WriteContext,
  { targetId, tiers: given }: { readonly targetId: string; readonly tiers: MergedData['tiers'] },
): void {
  const { store, userId } = writing;
  const tiers = engine.tiers.read(writing, [targetId], today());
  for (const { groupId, given: tierId, before } of given) {
    const held = tiers.held(targetId, groupId);
    if (held?.tierId !== tierId) continue;
    if (before === null) {
      store.update('LoyaltyMemberTier', held.id, { Status: 'Inactive' }, { as: 'org', userId });
      continue;
    }
    const rung = { tierId: before, name: String(store.get('LoyaltyTier', before)?.['Name']) };
    tiers.enter({ memberId: targetId, groupId, rung, reason: 'Membership unmerge' });
  }
  tiers.save();
}
