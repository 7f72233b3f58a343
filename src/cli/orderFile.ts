import { Messages } from '@salesforce/core';
import { z } from 'zod';
import type { RewardedJournal } from '../client/index.js';
import { readJsonFile } from './jsonFile.js';
import { amountValue, timeText } from './jsonValues.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.carts');
const hint = (name: string): string => messages.getMessage(`hint.${name}`);
const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const Reward = z.looseObject(
  {
    rewardType: z.string(hint('rewardType')),
    points: amountValue.optional(),
    discountAmount: amountValue.optional(),
  },
  hint('rewards'),
);

const Applied = z
  .looseObject(
    {
      promotionId: z.string(hint('promotion')).optional(),
      promotionCode: z.string(hint('text')).optional(),
      couponCode: z.string(hint('text')).optional(),
      rewards: z.array(Reward, hint('rewards')).optional(),
    },
    hint('promotions'),
  )
  .refine(({ promotionId, promotionCode }) => given(promotionId) || given(promotionCode), {
    path: ['promotionId'],
    message: hint('promotion'),
  });

/** Orgs take the names of fields in any case, and each of these decides what happens and how it is recognized. */
const exactNames = [
  ...['ActivityDate', 'ExternalTransactionNumber', 'JournalTypeId', 'JournalTypeName', 'MemberId', 'MembershipNumber'],
  ...['TransactionAmount', 'appliedPromotions'],
];

const exactName = (key: string): string | undefined =>
  exactNames.find((name) => name !== key && name.toLowerCase() === key.toLowerCase());

const absent = (name: string) => z.undefined(hint(name)).optional();

const Journal = z
  .looseObject(
    {
      ActivityDate: timeText(hint('activityDate')),
      MembershipNumber: z.string(hint('member')).optional(),
      MemberId: z.string(hint('member')).optional(),
      TransactionAmount: amountValue.optional(),
      ExternalTransactionNumber: absent('number'),
      appliedPromotions: z.array(Applied, hint('promotions')).optional(),
    },
    hint('journals'),
  )
  .superRefine((journal, context) => {
    for (const key of Object.keys(journal)) {
      const name = exactName(key);
      if (name === undefined) continue;
      const spelled = messages.getMessage('hint.spelling', [name]);
      const message = name === 'ExternalTransactionNumber' ? hint('number') : spelled;
      context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .refine((journal) => given(journal['JournalTypeName']) || given(journal['JournalTypeId']), {
    path: ['JournalTypeName'],
    message: hint('journalType'),
  });

const Order = z.looseObject(
  {
    transactionJournalList: z.array(Journal, hint('journals')).min(1, hint('journals')),
    shouldCheckCouponUsageLimit: z.boolean(hint('boolean')).optional(),
    journalCreationMode: absent('mode'),
  },
  hint('order'),
);

/** The journals of one order of one member. */
export interface GivenOrder {
  readonly journals: readonly RewardedJournal[];
  readonly checksCoupons: boolean | undefined;
  /** As the file names the member. */
  readonly member: string;
}

/**
 * The order of a file.
 *
 * @param member in place of the one in the file
 * @throws {SfError}
 */
export async function readOrder(file: string, member: string | undefined): Promise<GivenOrder> {
  const OfOneMember = Order.superRefine(({ transactionJournalList: journals }, context) => {
    if (member !== undefined) return;
    const first = journals[0] && memberOf(journals[0]);
    for (const [index, journal] of journals.entries()) {
      const own = memberOf(journal);
      if (own !== undefined && own === first) continue;
      const path = ['transactionJournalList', index, journal.MemberId === undefined ? 'MembershipNumber' : 'MemberId'];
      context.addIssue({ code: 'custom', path, message: hint(own === undefined ? 'member' : 'oneMember') });
    }
  });
  const { transactionJournalList: journals, shouldCheckCouponUsageLimit: checksCoupons } = await readJsonFile(
    file,
    () => OfOneMember,
  );
  return { journals, checksCoupons, member: member ?? (journals[0] && memberOf(journals[0])) ?? '' };
}

function memberOf({
  MembershipNumber,
  MemberId,
}: {
  MembershipNumber?: unknown;
  MemberId?: unknown;
}): string | undefined {
  const named = MembershipNumber ?? MemberId;
  return given(named) ? String(named) : undefined;
}
