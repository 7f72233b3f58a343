import { z } from 'zod';
import { listed, rowFailures, rowRecords, wholeCount } from './recordShapes.js';

const text = z.string().nullable();

/** `exists`: had joined before. `key` is the membership number, or what was given of somebody who has none yet. */
export const enrollAdvocateStatuses = ['enrolled', 'exists', ...rowFailures] as const;
export const EnrollAdvocateResult = rowRecords(enrollAdvocateStatuses, {
  memberId: text,
  promotion: z.string(),
  /** With which friends come. */
  referralCode: text,
});
export type EnrollAdvocateResult = z.infer<typeof EnrollAdvocateResult>;

/** `moved`: to a later stage. `exists`: had got that far. `key` is the e-mail address or the contact of the friend. */
export const createReferralStatuses = ['created', 'moved', 'exists', ...rowFailures] as const;
export const CreateReferralResult = rowRecords(createReferralStatuses, {
  event: z.enum(['Refer', 'Enrollment', 'Purchase']).nullable(),
  referralCode: text,
  /** Membership number of the advocate. */
  advocate: text,
  referralId: text,
  contactId: text,
  /** Name of the stage that the referral has reached. */
  stage: text,
  /** Those that the event led to. */
  vouchers: z.array(z.object({ voucherId: z.string(), code: text, voucher: text })),
});
export type CreateReferralResult = z.infer<typeof CreateReferralResult>;

const Reward = z.union([
  z.object({ for: z.enum(['advocate', 'friend']), voucher: z.string(), code: text }),
  z.object({ for: z.literal('advocate'), points: z.number(), currency: z.string() }),
]);

const ReferralRecord = z.object({
  /** Id of the Referral. */
  key: z.string(),
  /** Name of the stage that it has reached. */
  status: text,
  stageType: text,
  number: z.string(),
  referralDate: text,
  friend: text,
  friendId: text,
  promotion: text,
  promotionId: text,
  /** Membership number of the advocate. */
  member: text,
  rewards: z.array(Reward),
});
export type ReferralRecord = z.infer<typeof ReferralRecord>;

const count = wholeCount.nullable();

const AdvocateOf = z.object({
  promotionId: z.string(),
  promotion: text,
  /** `open`: can be joined today. */
  status: z.enum(['joined', 'left', 'open']),
  /** With which friends come. Null for one that has not been joined. */
  referralCode: text,
  url: text,
  referrals: count,
  /** Those whose friend has signed up, and those whose friend has made the first purchase. */
  signedUp: count,
  bought: count,
  vouchers: count,
});
export type AdvocateOf = z.infer<typeof AdvocateOf>;

/** `promotions`: those that the member has joined or can join. Empty without a member. */
export const ListReferralsResult = listed(ReferralRecord).extend({ promotions: z.array(AdvocateOf) });
export type ListReferralsResult = z.infer<typeof ListReferralsResult>;
