import { assignTierBenefits, executeMemberBenefit } from '../../../contract/actions/benefitActions.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import { clubMembershipsOf } from '../clubs/clubDirectory.js';
import type { HeldTier } from '../engine/rewardBooks/tierBook.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { serveAction } from './servedAction.js';

const bySystem = 'LoyaltyTierProcessing';

/**
 * Gives a member the active benefits of its tiers and clubs that it does not have yet, and ends those that it had by a tier and
 * that no tier of it has any more. The guide says only what comes back: that it is the new ones, and all else, is
 * inferred from the fields of MemberBenefit.
 */
export const assignBenefits = serveAction(assignTierBenefits, ({ engine, today }, { writing, inputs }) => {
  const { store, userId } = writing;
  const member = inputs.record('LoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const tiers = engine.tiers.read(writing, [member.Id], today()).all();
  const due = dueBenefits(store, [...tiers, ...clubMembershipsOf(store, member.Id, today())]);
  const rows = store.find('MemberBenefit', { MemberId: member.Id }).filter(isCurrent);
  const isDue = (row: SObjectRow): boolean => due.some(({ benefit }) => benefit.Id === row['BenefitId']);
  for (const row of rows) if (row['SourceType'] === bySystem && !isDue(row)) endBenefit(writing, row, today());
  const missing = due.filter(({ benefit }) => !rows.some((row) => row['BenefitId'] === benefit.Id));
  const ids = missing.map(({ benefit, held }) => {
    const dates = { StartDate: today(), EndDate: held.until };
    const values = { Name: benefit['Name'] ?? null, MemberId: member.Id, BenefitId: benefit.Id, ...dates };
    return store.insert('MemberBenefit', { ...values, SourceType: bySystem }, { as: 'org', userId });
  });
  for (const { id } of tiers)
    store.update('LoyaltyMemberTier', id, { AreBenefitsAssigned: true }, { as: 'org', userId });
  return { MemberBenefits: ids };
});

/** The flow of the benefit is not run: only the status says that it was. Which ones can be processed is inferred. */
export const processMemberBenefit = serveAction(executeMemberBenefit, (_loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const row = inputs.record('MemberBenefitId', store, 'MemberBenefit');
  const status = textOrNull(row, 'Status') ?? 'without status';
  const next = statusAfter[status];
  if (next === undefined) throw new ProcessFailure(`The member benefit ${row.Id} is ${status}, not pending.`);
  store.update('MemberBenefit', row.Id, { Status: next }, { as: 'org', userId });
  return {};
});

const statusAfter: Readonly<Partial<Record<string, string>>> = {
  NewPendingProcessing: 'Processed',
  UpdatedPendingProcessing: 'Processed',
  ExpiredPendingProcessing: 'Expired',
};

function isCurrent(row: SObjectRow): boolean {
  return row['Status'] !== 'Expired' && row['Status'] !== 'ExpiredPendingProcessing';
}

function endBenefit({ store, userId }: WriteContext, { Id }: SObjectRow, today: string): void {
  const ended = { Status: 'ExpiredPendingProcessing', EndDate: today };
  store.update('MemberBenefit', Id, ended, { as: 'org', userId });
}

/** Each benefit once, although several tiers may have it. */
function dueBenefits(store: Store, held: readonly Pick<HeldTier, 'tierId' | 'until'>[]) {
  const all = held.flatMap((each) => benefitsOf(store, each.tierId).map((benefit) => ({ benefit, held: each })));
  return [...new Map(all.reverse().map((each) => [each.benefit.Id, each])).values()].reverse();
}

/** Each benefit once, although a tier may name it twice. */
function benefitsOf(store: Store, tierId: string): SObjectRow[] {
  const ids = new Set(
    store.find('LoyaltyTierBenefit', { LoyaltyTierId: tierId }).map((row) => String(row['BenefitId'])),
  );
  return [...ids].flatMap((id) => store.get('Benefit', id) ?? []).filter((row) => row['IsActive'] === true);
}
