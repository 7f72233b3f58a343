import { z } from 'zod';
import { definedValues } from '../base/definedValues.js';
import { isSameId } from '../base/sameId.js';
import type { ReferralEventRequest, ReferralEventType } from '../contract/endpoints/referralShapes.js';
import type { ReferralVoucher } from '../contract/endpoints/referralAnswers.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { partiesOf } from './query/readAdvocates.js';
import { inLists, soqlText } from './query/soql.js';
import { knownReferralCode } from './knownReferralCode.js';
import type { KnownReferralCode } from './knownReferralCode.js';

type ReferralClient = Pick<LoyaltyClient, 'query' | 'referrals' | 'orgTime'>;

/** What happened to one friend, who is named by `contactId` or by `email`. Further keys are those of the API. */
export type FriendEvent = Omit<ReferralEventRequest, 'referralEmails' | 'joiningDate'>;

export interface ReferredFriend {
  /** `exists`: the friend had got that far, and nothing was sent. */
  readonly status: 'created' | 'moved' | 'exists';
  /** Membership number. Null if the code is not one of the program. */
  readonly advocate: string | null;
  readonly referralId: string | null;
  readonly contactId: string | null;
  /** Name of the stage. */
  readonly stage: string | null;
  /** Those that the event led to. */
  readonly vouchers: readonly Pick<ReferralVoucher, 'voucherId' | 'voucherCode' | 'voucherDefinition'>[];
}

const ReferralRow = z.object({
  Id: z.string(),
  ReferrerId: z.string().nullable(),
  ReferredPartyId: z.string().nullable(),
  CurrentPromotionStage: z.object({ Name: z.string(), Type: z.string() }).nullable(),
});
type ReferralRow = z.infer<typeof ReferralRow>;

/** The stages to which events lead, in their order. */
const stageTypes: Readonly<Record<ReferralEventType, string>> = {
  Refer: 'Advocate Refers Friend',
  Enrollment: 'Friend Signs Up',
  Purchase: 'Friend Completes First Purchase',
};

/**
 * Says that an advocate has referred a friend, or that a friend has signed up or made the first purchase, unless the
 * friend has got that far by this advocate. So it can be repeated after a lost answer.
 */
export async function referFriend(
  client: ReferralClient,
  program: string,
  event: FriendEvent,
): Promise<ReferredFriend> {
  const code = await knownReferralCode(client, program, event.referralCode);
  const advocate = code?.advocate.MembershipNumber ?? null;
  const earlier = code && (await earlierReferral(client, code, event));
  if (earlier && hasReached(earlier, event)) {
    const { Id: referralId, ReferredPartyId: contactId, CurrentPromotionStage: stage } = earlier;
    return { status: 'exists', advocate, referralId, contactId, stage: stage?.Name ?? null, vouchers: [] };
  }
  const answer = await client.referrals.event(requestOf(event, earlier, client.orgTime ?? Date.now()));
  const { contactIds, referralIds, referralStage, voucherId, voucherList } = answer;
  return {
    status: earlier ? 'moved' : 'created',
    advocate,
    referralId: referralIds[0] ?? null,
    contactId: contactIds[0] ?? null,
    stage: referralStage ?? null,
    vouchers: voucherList ?? (voucherId ? [{ voucherId, voucherCode: null, voucherDefinition: null }] : []),
  };
}

/** The friend's referral by this advocate. */
async function earlierReferral(
  { query }: ReferralClient,
  { advocate, promotion }: KnownReferralCode,
  { contactId, email }: FriendEvent,
): Promise<ReferralRow | undefined> {
  const friends = contactId === undefined ? await contactsWith(query, email ?? '') : [contactId];
  const fields = 'Id, ReferrerId, ReferredPartyId, CurrentPromotionStage.Name, CurrentPromotionStage.Type';
  const queries = inLists(friends).map(
    (list) =>
      `SELECT ${fields} FROM Referral WHERE PromotionId = ${soqlText(promotion.id)} AND ReferredPartyId IN ${list}`,
  );
  const rows = await query.rowsOfAll(queries, ReferralRow);
  return rows.find(({ ReferrerId: by }) => by !== null && partiesOf(advocate).some((id) => isSameId(id, by)));
}

async function contactsWith(query: LoyaltyClient['query'], email: string): Promise<string[]> {
  const soql = `SELECT Id FROM Contact WHERE Email = ${soqlText(email)}`;
  return (await query.allRows(soql, z.object({ Id: z.string() }))).map(({ Id }) => Id);
}

/** A stage of the promotion's own, which the event names, has been reached only if it is the current one. */
function hasReached({ CurrentPromotionStage: stage }: ReferralRow, event: FriendEvent): boolean {
  if (stage === null) return false;
  const { referralStage: named, eventType } = event;
  if (named !== undefined) return [stage.Name, stage.Type].some((text) => text.toLowerCase() === named.toLowerCase());
  const order = Object.values(stageTypes);
  return order.indexOf(stage.Type) >= order.indexOf(stageTypes[eventType]);
}

/** A friend who was referred is named by the contact; one with nothing but an address is in the list of addresses. */
function requestOf(event: FriendEvent, earlier: ReferralRow | undefined, now: number): ReferralEventRequest {
  const { contactId = earlier?.ReferredPartyId ?? undefined, firstName, lastName, email, ...rest } = event;
  const activityDateTime = event.activityDateTime ?? `${new Date(now).toISOString().slice(0, 19)}Z`;
  const isNamed = contactId === undefined && lastName !== undefined;
  const who = {
    contactId,
    ...(isNamed && { firstName, lastName, email }),
    ...(contactId === undefined && !isNamed && email !== undefined && { referralEmails: { emails: [email] } }),
  };
  return { ...rest, activityDateTime, ...definedValues(who) };
}
