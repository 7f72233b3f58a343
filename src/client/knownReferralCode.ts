import type { LoyaltyClient } from './loyaltyClient.js';
import { readAdvocates } from './query/readAdvocates.js';
import type { AdvocateRow } from './query/readAdvocates.js';
import { readReferralPromotions } from './query/readReferralPromotions.js';
import type { ReferralPromotionRow } from './query/readReferralPromotions.js';
import { inLists } from './query/soql.js';

/** Who gave a friend the code, and for which promotion. */
export interface KnownReferralCode {
  readonly advocate: AdvocateRow;
  readonly promotion: ReferralPromotionRow;
}

/**
 * Whose code it is: `{referral code of the member}-{code of the promotion}`. Either part may have hyphens. Undefined for
 * a code of nobody in the program, or of several.
 */
export async function knownReferralCode(
  { query }: Pick<LoyaltyClient, 'query'>,
  program: string,
  code: string,
): Promise<KnownReferralCode | undefined> {
  const lower = code.toLowerCase();
  const readings = (await readReferralPromotions(query, program))
    .filter((promotion) => lower.endsWith(`-${promotion.code.toLowerCase()}`))
    .map((promotion) => ({ promotion, own: lower.slice(0, -promotion.code.length - 1) }))
    .filter(({ own }) => own !== '');
  const lists = inLists(readings.map(({ own }) => own));
  const members = await readAdvocates(
    query,
    program,
    lists.map((list) => `ReferralCode IN ${list}`),
  );
  const found = readings.flatMap(({ promotion, own }) =>
    members.filter((row) => row.ReferralCode?.toLowerCase() === own).map((advocate) => ({ advocate, promotion })),
  );
  return found.length === 1 ? found[0] : undefined;
}
