import { definedValues } from '../../../base/definedValues.js';
import type { WriteContext } from '../writeContext.js';
import type { ClubMoment } from './clubDates.js';

interface LifecycleEvent {
  readonly memberId: string;
  readonly memberTierId: string;
  /** The picklists of the object are not published: these words are ours. */
  readonly type: 'New' | 'Renewal';
  readonly status: string;
  readonly start: ClubMoment;
  readonly end: ClubMoment | undefined;
  readonly notes?: string | undefined;
  readonly externalIdentifier?: string | undefined;
  readonly orderItemId?: string | undefined;
}

/** Tells that a membership has begun or was renewed. */
export function writeLifecycle({ store, userId }: WriteContext, event: LifecycleEvent): void {
  const { memberId, memberTierId, type, status, start, end } = event;
  const values = {
    LoyaltyProgramMemberId: memberId,
    LoyaltyMemberTierId: memberTierId,
    MembershipType: type,
    MembershipStatus: status,
    EffectiveStartDate: start.day,
    EffectiveStartDateTime: start.instant,
    EffectiveEndDate: end?.day,
    EffectiveEndDateTime: end?.instant,
    Comment: event.notes,
    ExternalIdentifier: event.externalIdentifier,
    OrderItemId: event.orderItemId,
  };
  store.insert('LoyaltyMembershipLifecycle', definedValues(values), { userId });
}
