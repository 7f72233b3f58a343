import { addToDay } from '../../base/dayArithmetic.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { InsightCache } from '../cache/insightCache.js';
import { withNames } from '../near/nearContacts.js';
import { nearDistance } from '../near/nearReward.js';
import type { NearQuestion, NearReward } from '../near/nearReward.js';
import { spendableCurrency } from '../programFacts.js';
import type { ProgramFacts } from '../programFacts.js';
import { computeFeatures } from './computeFeatures.js';

export interface ExpiryQuestion extends Pick<NearQuestion, 'withContact' | 'contactFields'> {
  /** `yyyy-MM-dd`, in the org's time zone. */
  readonly today: string;
  /** Number of days from today on. */
  readonly within: number;
}

interface ExpiringMember {
  readonly memberId: string;
  readonly membershipNumber: string;
  readonly balance: number;
  readonly points: number;
  readonly lastDay: string;
}

/**
 * Yields the active members of whose points some expire within the next days, soonest first: `left` are the points that
 * expire, `by` is the last day on which some of them do, and `target` is the balance. The cache has to be up to date;
 * names are read from the org.
 * @throws {RangeError} for a name that no field of a contact can have
 */
export async function* nearExpiry(
  client: LoyaltyClient,
  { cache, facts }: { readonly cache: InsightCache; readonly facts: ProgramFacts },
  { today, within, ...asked }: ExpiryQuestion,
): AsyncGenerator<NearReward, void, void> {
  const currency = spendableCurrency(facts);
  if (!currency) return;
  computeFeatures(cache, facts, { segments: [], today });
  const members = expiringMembers(cache, today, addToDay(today, within, 'Days'));
  for await (const member of withNames(client, members, { programId: facts.programId, ...asked })) {
    const { memberId, membershipNumber, balance, points, lastDay, name, contact } = member;
    yield {
      reward: 'expiry',
      rewardName: currency.Name,
      rewardId: currency.Id,
      ...{ memberId, membershipNumber, name, ...(contact && { contact }) },
      ...nearDistance((balance - points) / 100, balance / 100),
      by: lastDay,
    };
  }
}

function* expiringMembers({ db }: InsightCache, today: string, until: string): Generator<ExpiringMember> {
  const statement = db.prepare(`
    SELECT memberId, membershipNumber, pointsBalance AS balance, sum(points) AS points, max(day) AS lastDay
    FROM memberFeature JOIN expiringLot USING (memberId) WHERE day BETWEEN ? AND ?
    GROUP BY memberId ORDER BY min(day), memberId`);
  for (const row of statement.iterate(today, until)) yield row as unknown as ExpiringMember;
}
