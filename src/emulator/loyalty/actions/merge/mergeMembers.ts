import { mergeLoyaltyProgramMembership } from '../../../../contract/actions/mergeActions.js';
import type { Store } from '../../../store/store.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../../loyaltyOrg.js';
import { isActiveStatus } from '../../memberStanding.js';
import { ProcessFailure } from '../../processFailure.js';
import { numberOf } from '../../rowValues.js';
import { tierGroupsOf } from '../../tiers/programTiers.js';
import type { WriteContext } from '../../writeContext.js';
import { serveAction } from '../servedAction.js';
import { movingIds, moveRecords, movingObjects, storedData } from './mergedData.js';
import type { MergedData, MovingObject } from './mergedData.js';
import { movePoints, totalsOf } from './mergedPoints.js';

interface Merge {
  readonly source: SObjectRow;
  readonly target: SObjectRow;
}

/**
 * Journals, ledgers and points of the source become those of the target. Guide: both are active and of one program, the
 * source becomes Merged. That vouchers move while they can still be used, and that the other records of the source (tiers,
 * benefits, promotions, badges, links) stay with it, is inferred.
 */
export const mergeMembers = serveAction(mergeLoyaltyProgramMembership, (loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const source = inputs.record('sourceLoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const target = inputs.record('targetLoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  requireMergeable({ source, target });
  const isWithVouchers = inputs.flag('shouldTransferVouchers') === true;
  const isHigherTierWanted = inputs.flag('shouldSetHigherCurrentTierForTargetMember') === true;
  const data: MergedData = {
    memberStatus: String(source['MemberStatus']),
    moved: movedIds(store, source.Id, isWithVouchers),
    totals: totalsOf(store, source.Id),
    tiers: isHigherTierWanted ? giveHigherTiers(loyalty, writing, { source, target }) : [],
  };
  for (const objectName of Object.keys(movingObjects) as MovingObject[]) {
    moveRecords(writing, { objectName, ids: data.moved[objectName], memberId: target.Id });
  }
  movePoints(writing, data.totals, { from: source.Id, to: target.Id });
  store.update('LoyaltyProgramMember', source.Id, { MemberStatus: 'Merged' }, { as: 'org', userId });
  const merge = {
    Reason: inputs.text('reasonForMergingMemberships') ?? '',
    SourceMemberId: source.Id,
    TargetMemberId: target.Id,
    Status: 'Merged',
  };
  store.insert('LoyaltyProgramMemberMerge', { ...merge, ...storedData(data) }, { as: 'org', userId });
  return {};
});

/** @throws {ProcessFailure} */
function requireMergeable({ source, target }: Merge): void {
  if (source.Id === target.Id) throw new ProcessFailure('Source and target of a merge are the same member.');
  if (source['ProgramId'] !== target['ProgramId']) {
    throw new ProcessFailure('Source and target of a merge belong to different loyalty programs.');
  }
  for (const { MembershipNumber: number, MemberStatus: status } of [source, target]) {
    if (isActiveStatus(status)) continue;
    throw new ProcessFailure(
      `The member ${String(number)} is ${String(status)}: only active memberships can be merged.`,
    );
  }
}

function movedIds(store: Store, memberId: string, isWithVouchers: boolean): MergedData['moved'] {
  const vouchers = isWithVouchers ? store.find('Voucher', { LoyaltyProgramMemberId: memberId, Status: 'Issued' }) : [];
  return {
    TransactionJournal: movingIds(store, 'TransactionJournal', memberId),
    LoyaltyLedger: movingIds(store, 'LoyaltyLedger', memberId),
    LoyaltyLedgerTraceability: movingIds(store, 'LoyaltyLedgerTraceability', memberId),
    LoyaltyAggrPointExprLedger: movingIds(store, 'LoyaltyAggrPointExprLedger', memberId),
    Voucher: vouchers.map(({ Id }) => Id),
  };
}

/** In each tier group, the target gets the tier of the source if that is the higher one. */
function giveHigherTiers({ engine, today }: LoyaltyOrg, writing: WriteContext, merge: Merge): MergedData['tiers'] {
  const { source, target } = merge;
  const { store } = writing;
  const tiers = engine.tiers.read(writing, [source.Id, target.Id], today());
  const rankOf = (tierId: string | undefined): number => {
    const tier = tierId === undefined ? undefined : store.get('LoyaltyTier', tierId);
    return tier ? numberOf(tier, 'SequenceNumber') : -1;
  };
  const given = tierGroupsOf(store, String(target['ProgramId'])).flatMap(({ Id: groupId }) => {
    const [ofSource, ofTarget] = [tiers.held(source.Id, groupId), tiers.held(target.Id, groupId)];
    if (!ofSource || rankOf(ofSource.tierId) <= rankOf(ofTarget?.tierId)) return [];
    return [{ groupId, given: ofSource.tierId, before: ofTarget?.tierId ?? null }];
  });
  for (const { groupId, given: tierId } of given) {
    const rung = { tierId, name: String(store.get('LoyaltyTier', tierId)?.['Name']) };
    tiers.enter({ memberId: target.Id, groupId, rung, reason: 'Membership merge' });
  }
  tiers.save();
  return given;
}
