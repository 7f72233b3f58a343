import {
  getLoyaltyPromotion,
  getLoyaltyPromotionBasedOnSalesforceCDP,
  getMemberActiveSegments,
} from '../../../contract/actions/segmentActions.js';
import { isJsonObject } from '../../../base/jsonObject.js';
import { recordOf } from '../../platform/records/recordEndpoints.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { enrolledPromotions, isActiveMember } from '../memberStanding.js';
import { ProcessFailure } from '../processFailure.js';
import { eligibilityOf } from '../processes/promotionRows.js';
import { textOrNull } from '../rowValues.js';
import { journalGiven } from './pointsMove.js';
import { serveAction } from './servedAction.js';

/** Promotions of the journal's type that the member is eligible for on the day of the journal. All of that is inferred. */
export const promotionsOfJournal = serveAction(getLoyaltyPromotion, (loyalty, { writing, inputs, version }) => {
  const { store } = writing;
  const { id, journalType, memberId, programId, activityDate } = journalGiven(loyalty, writing, {
    inputs,
    name: 'JournalId',
  });
  if (journalType !== 'Accrual' && journalType !== 'Redemption') {
    throw new ProcessFailure(`The transaction journal ${id} is neither an accrual nor a redemption.`);
  }
  const enrolled = enrolledPromotions(store, memberId);
  const standing = { isActiveMember: isActiveMember(store, memberId), today: activityDate.slice(0, 10) };
  const found = store
    .find('Promotion', { LoyaltyProgramId: programId, IsActive: true })
    .filter((row) => row['IsReferralPromotion'] !== true)
    .filter((row) => [null, journalType].includes(textOrNull(row, 'TransactionJournalType')))
    .filter((row) => eligibilityOf(row, { ...standing, isEnrolled: enrolled.has(row.Id) }) === 'Eligible');
  return { PromotionRecords: recordsOf(store, found, version) };
});

/** Promotions without a segment are for everybody (inferred). Without a list, all active promotions of the program. */
export const promotionsOfSegments = serveAction(
  getLoyaltyPromotionBasedOnSalesforceCDP,
  (loyalty, { writing, inputs, version }) => {
    const { store } = writing;
    const member = inputs.record('MemberId', store, 'LoyaltyProgramMember');
    const given = inputs.get('PromotionRecords');
    const promotions =
      given === undefined
        ? store.find('Promotion', { LoyaltyProgramId: member['ProgramId'] ?? null, IsActive: true })
        : givenPromotions(store, given);
    const found = promotions.filter(({ Id }) => {
      const links = store.find('PromotionMarketSegment', { PromotionId: Id });
      return links.length === 0 || links.some((link) => hasMember(loyalty, String(link['MarketSegmentId']), member));
    });
    return { PromotionRecords: recordsOf(store, found, version) };
  },
);

/** Without a list of segments, all that the member is in. */
export const memberSegments = serveAction(getMemberActiveSegments, (loyalty, { writing: { store }, inputs }) => {
  const member = inputs.record('loyaltyProgramMemberID', store, 'LoyaltyProgramMember');
  const given = inputs.text('segmentIds');
  const ids =
    given === undefined ? store.find('MarketSegment', {}).map(({ Id }) => Id) : given.split(',').map((id) => id.trim());
  const found = ids.filter((id) => isId(id) && hasMember(loyalty, to18(id), member));
  return { memberSegmentIDs: found.join(',') };
});

/** Data Cloud publishes who is in a segment. The local org is told, by the names of segments. */
function hasMember({ org: { store, settings } }: LoyaltyOrg, segmentId: string, member: SObjectRow): boolean {
  const name = textOrNull(store.get('MarketSegment', segmentId), 'Name');
  const members = name === null ? [] : (settings.segmentMembers[name] ?? []);
  const number = String(member['MembershipNumber']).toLowerCase();
  return members.some((each) => each.toLowerCase() === number);
}

/** @throws {ProcessFailure} for what is not a list of promotions with Ids */
function givenPromotions(store: Store, given: unknown): SObjectRow[] {
  if (!Array.isArray(given)) throw new ProcessFailure('PromotionRecords has to be a list of promotions.');
  return given.map((record: unknown) => {
    const id = isJsonObject(record) ? record['Id'] : undefined;
    const promotion = typeof id === 'string' && isId(id) ? store.get('Promotion', to18(id)) : undefined;
    if (promotion) return promotion;
    throw new ProcessFailure('PromotionRecords has a promotion that does not exist.');
  });
}

function recordsOf(store: Store, rows: readonly SObjectRow[], version: number): Record<string, unknown>[] {
  const type = store.type('Promotion');
  const fields = [...type.fields.values()];
  return rows.map((row) => recordOf(type, row, { fields, version }));
}
