import { DateTime } from 'luxon';
import { definedValues } from '../../../base/definedValues.js';
import { isSameId } from '../../../base/sameId.js';
import type { ReferralEventType } from '../../../contract/endpoints/referralShapes.js';
import { referral } from '../../../contract/objects/referral.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { invalidInput } from '../invalidInput.js';
import { programText } from '../programDirectory.js';
import { parentOf } from '../rowValues.js';
import { readReferralCode } from './advocate.js';
import type { Advocate } from './advocate.js';
import { sequenceOf, stageNamed, stageOfEvent, stageOfType } from './promotionStages.js';
import { insertReferralJournal, referralSubType, subTypeOfStage } from './referralJournals.js';
import { requireRunning } from './referralPromotion.js';
import { rewardAdvocate, rewardFriend } from './referralRewards.js';
import type { ReferralRewarding } from './referralRewards.js';

export interface ReferralEvent {
  readonly type: ReferralEventType;
  readonly referralCode: string;
  /** ISO 8601, UTC. */
  readonly activityDate: string;
  /** Contacts or accounts. They are looked up, or made, after the code was found good. */
  readonly friendIds: () => readonly string[];
  readonly stageName?: string | undefined;
  /** Subtype for the journal of the friend, instead of that of the stage. */
  readonly friendSubType?: string | undefined;
  /** How the friend heard of it. */
  readonly channel?: string | undefined;
  readonly opportunityId?: string | undefined;
  /** Fields of the journals. */
  readonly journalFields: GivenValues;
}

export interface ReferralOutcome {
  readonly friendIds: readonly string[];
  readonly referralIds: readonly string[];
  readonly stageName: string;
  readonly journalIds: readonly string[];
  /** Voucher of the only, or the first, friend. */
  readonly friendVoucherId: string | undefined;
  readonly voucherIds: readonly string[];
}

/** An event that was found good. */
interface Known {
  readonly event: ReferralEvent;
  readonly advocate: Advocate;
  readonly stage: SObjectRow;
  /** `yyyy-MM-dd`, in the time zone of the org. */
  readonly day: string;
}

interface FriendOutcome {
  readonly referralId: string;
  readonly journalIds: readonly string[];
  readonly friendVoucherId: string | undefined;
  readonly voucherIds: readonly string[];
}

/**
 * A friend was referred, has signed up, or has bought something. The referral moves to the stage of the event; the
 * stage says for whom journals are made, and these lead to rewards.
 *
 * @throws {OrgRefusal} 400
 * @throws {ProcessFailure} when a reward cannot be given
 */
export function runReferralEvent(
  { loyalty, writing }: Pick<ReferralRewarding, 'loyalty' | 'writing'>,
  event: ReferralEvent,
): ReferralOutcome {
  const { advocate, promotion } = readReferralCode(writing.store, event.referralCode);
  const zone = loyalty.org.settings.timeZone;
  const day = DateTime.fromISO(event.activityDate, { zone }).toISODate() ?? '';
  requireRunning(promotion, day);
  const stage =
    event.stageName === undefined
      ? stageOfType(writing, promotion, stageOfEvent[event.type])
      : stageNamed(writing, promotion, event.stageName);
  const known = { event, advocate, stage, day };
  const friendIds = event.friendIds();
  const outcomes = friendIds.map((friendId) => moveFriend({ loyalty, writing, promotion }, known, friendId));
  return {
    friendIds,
    referralIds: outcomes.map(({ referralId }) => referralId),
    stageName: programText(stage, 'Name'),
    journalIds: outcomes.flatMap(({ journalIds }) => journalIds),
    friendVoucherId: outcomes.find(({ friendVoucherId }) => friendVoucherId !== undefined)?.friendVoucherId,
    voucherIds: outcomes.flatMap(({ voucherIds }) => voucherIds),
  };
}

function moveFriend(rewarding: ReferralRewarding, known: Known, friendId: string): FriendOutcome {
  const { writing, promotion } = rewarding;
  if (isSameId(friendId, known.advocate.partyId)) {
    throw invalidInput(`The member ${known.advocate.membershipNumber} cannot be their own friend.`);
  }
  const criteria = { PromotionId: promotion.row.Id, ReferredPartyId: friendId };
  const earlier = writing.store.first('Referral', criteria);
  if (earlier) requireStep(rewarding, known, earlier);
  const referralId = saveReferral(rewarding, { known, friendId, earlier });
  return { referralId, ...makeJournals(rewarding, known, friendId) };
}

/** A referral belongs to one advocate and goes only forward. @throws {OrgRefusal} 400 */
function requireStep({ writing, promotion }: ReferralRewarding, { advocate, stage }: Known, earlier: SObjectRow): void {
  if (!isSameId(advocate.partyId, programText(earlier, 'ReferrerId'))) {
    throw invalidInput(`The friend was already referred for the promotion ${promotion.name} by another advocate.`);
  }
  const reached = parentOf(writing.store, earlier, 'CurrentPromotionStageId', 'PromotionStage');
  if (!reached || sequenceOf(reached) < sequenceOf(stage)) return;
  throw invalidInput(
    `The friend was already referred for the promotion ${promotion.name}, and has reached the stage ` +
      `${programText(reached, 'Name')}.`,
  );
}

function saveReferral(
  { writing: { store, userId }, promotion }: ReferralRewarding,
  {
    known,
    friendId,
    earlier,
  }: { readonly known: Known; readonly friendId: string; readonly earlier?: SObjectRow | undefined },
): string {
  const { event, advocate, stage, day } = known;
  const moved = definedValues({ CurrentPromotionStageId: stage.Id, OpportunityId: event.opportunityId });
  if (earlier) {
    store.update('Referral', earlier.Id, moved, { as: 'org', userId });
    return earlier.Id;
  }
  const values = {
    ...moved,
    PromotionId: promotion.row.Id,
    ReferrerId: advocate.partyId,
    ReferredPartyId: friendId,
    ReferralDate: day,
    ReferralType: 'INBOUND',
    Source: sourceOf(event.channel),
  };
  return store.insert('Referral', definedValues(values), { as: 'org', userId });
}

/** A channel that is none of the field's values, as in the guide's sample, is not stored. */
function sourceOf(channel: string | undefined): string | undefined {
  const values = referral.fields['Source']?.values ?? [];
  return values.find((value) => value.toLowerCase() === channel?.toLowerCase());
}

function makeJournals(rewarding: ReferralRewarding, known: Known, friendId: string): Omit<FriendOutcome, 'referralId'> {
  const { writing, promotion } = rewarding;
  const { event, advocate, stage } = known;
  const activity = {
    ...{ promotion, friendId, activityDate: event.activityDate, fields: event.journalFields },
    status: 'Processed' as const,
  };
  const ofAdvocate = subTypeOfStage(writing, stage, 'ReferrerJournalSubTypeId');
  const ofFriend = friendSubType(rewarding, known);
  const advocateJournal = ofAdvocate && insertReferralJournal(writing, { ...activity, subType: ofAdvocate, advocate });
  const friendJournal = ofFriend && insertReferralJournal(writing, { ...activity, subType: ofFriend });
  const advocateVoucher = advocateJournal && rewardAdvocate(rewarding, advocateJournal, advocate);
  const friendVoucherId = friendJournal && rewardFriend(rewarding, friendJournal, friendId);
  return {
    journalIds: [advocateJournal, friendJournal].filter((id) => id !== undefined),
    friendVoucherId,
    voucherIds: [advocateVoucher, friendVoucherId].filter((id) => id !== undefined),
  };
}

/** @throws {OrgRefusal} 400 for the name of a subtype that journals of type Referral do not have */
function friendSubType({ writing }: ReferralRewarding, { event, stage }: Known): SObjectRow | undefined {
  const { friendSubType: name } = event;
  if (name === undefined) return subTypeOfStage(writing, stage, 'ReferredPartyJournalSubTypeId');
  const subType = referralSubType(writing, name);
  if (subType) return subType;
  throw invalidInput(`The journal type Referral has no subtype ${name}.`);
}
