import { definedValues } from '../../../base/definedValues.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import type { Advocate } from './advocate.js';
import type { ReferralPromotion } from './referralPromotion.js';

/** What happened, as far as a journal says it. */
export interface ReferralActivity {
  readonly promotion: ReferralPromotion;
  readonly subType: SObjectRow;
  /** ISO 8601, UTC. */
  readonly activityDate: string;
  /** The member whose journal it is; undefined on the journal of a friend, who need not be a member. */
  readonly advocate?: Advocate | undefined;
  /** Contact or account of the friend, on the journals of both. */
  readonly friendId?: string | undefined;
  /** Further fields, such as the amount of a purchase. */
  readonly fields?: GivenValues;
  readonly status: 'Pending' | 'Processed';
}

/** @returns the id of the journal */
export function insertReferralJournal({ store, userId }: WriteContext, activity: ReferralActivity): string {
  const { promotion, subType, activityDate, advocate, friendId, fields = {}, status } = activity;
  const values = {
    ...fields,
    ActivityDate: activityDate,
    JournalTypeId: subType['JournalTypeId'],
    JournalSubTypeId: subType.Id,
    LoyaltyProgramId: promotion.program.id,
    PromotionId: promotion.row.Id,
    MemberId: advocate?.id,
    ReferredPartyId: friendId,
    UsageType: 'Referral',
    Status: status,
  };
  return store.insert('TransactionJournal', definedValues(values), { as: 'org', userId });
}

/** The subtype in a reference field of a stage; undefined for a stage that makes no journal of that kind. */
export function subTypeOfStage(
  { store }: WriteContext,
  stage: SObjectRow,
  field: 'ReferrerJournalSubTypeId' | 'ReferredPartyJournalSubTypeId',
): SObjectRow | undefined {
  const id = textOrNull(stage, field);
  return id === null ? undefined : store.get('JournalSubType', id);
}

/** A subtype of the journal type Referral by its name, in any case. */
export function referralSubType({ store }: WriteContext, name: string): SObjectRow | undefined {
  const types = store.find('JournalType', { Name: 'Referral' });
  const found = types.map(({ Id }) => store.first('JournalSubType', { JournalTypeId: Id, Name: name }));
  return found.find((each) => each !== undefined);
}
