import { z } from 'zod';
import { cartPromotionEndpoints, RewardRequest } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import type { JournalRewards, RewardedJournal } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { TransactionJournalInput } from '../../../contract/endpoints/realtimeEndpoints.js';
import { inAnyCase } from '../../../contract/inAnyCase.js';
import { notImplemented } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import type { StoredJournal } from '../journalReader.js';
import { JournalResolver } from '../journalResolver.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { parseInput } from '../parseInput.js';
import { orInvalidInput } from '../orInvalidInput.js';
import { serve } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { applyRewards } from './appliedRewards.js';
import type { Rewarding } from './appliedRewards.js';
import { cartMember } from './cartMember.js';
import { useCoupons } from './couponUsage.js';
import { journalRewards } from './rewardAnswer.js';

/** Booleans are also sent as texts. */
const GivenRequest = RewardRequest.extend({
  shouldCheckCouponUsageLimit: z
    .union([z.boolean(), inAnyCase(['true', 'false'])])
    .transform((given) => String(given) === 'true')
    .optional(),
});
type GivenRequest = z.infer<typeof GivenRequest>;

/**
 * Stores Processed journals with the rewards that they bring, all or none. No process runs: what a purchase earns
 * besides is for the real-time resource.
 */
const reward = serve(
  cartPromotionEndpoints.reward,
  (loyalty, { body, writing }) => {
    const { transactionJournalList: given, shouldCheckCouponUsageLimit = false } = body;
    return {
      transactionJournalList: given.map((each) => rewarded(loyalty, writing, each, shouldCheckCouponUsageLimit)),
    };
  },
  { readBody: parseRequest },
);

export const rewardHandlers = [reward];

/** @throws {OrgRefusal} 400, and 501 for a mode whose effect is unpublished */
function parseRequest(body: Readonly<Record<string, unknown>>): GivenRequest {
  const request = parseInput(GivenRequest, body);
  const { journalCreationMode: mode = stored } = request;
  if (mode.toLowerCase() !== stored.toLowerCase()) throw notImplemented(`the journalCreationMode ${mode}`);
  return request;
}

const stored = 'CreateTransactionJournal';

function rewarded(
  loyalty: LoyaltyOrg,
  writing: WriteContext,
  { appliedPromotions = [], ...given }: RewardedJournal,
  countsCoupons: boolean,
): JournalRewards {
  const fields = parseInput(TransactionJournalInput, given);
  const { program } = memberOf(writing.store, fields);
  const rewarding = { loyalty, writing, program };
  return orInvalidInput(() => {
    const journal = insertJournal(rewarding, fields);
    const applied = applyRewards(rewarding, journal, appliedPromotions);
    const { id, memberId } = journal;
    if (countsCoupons) useCoupons(writing, appliedPromotions, { buyer: memberId, transaction: id });
    const actions = applied.points.map((each) => () => each);
    const journals = [journal];
    loyalty.engine.run(writing, { programId: program.id, journals }, [{ actions, journals }]);
    return journalRewards(writing.store, id, applied);
  });
}

/** The program is that of the member, whom the journal names in any of the ways in which one can. */
function memberOf(store: Store, journal: TransactionJournalInput) {
  const values = new Map(Object.entries(journal).map(([name, value]) => [name.toLowerCase(), value]));
  return cartMember(store, {
    loyaltyProgramMemberId: values.get('memberid'),
    membershipNumber: values.get('membershipnumber'),
    contactId: values.get('referredpartyid'),
  });
}

function insertJournal({ loyalty, writing, program }: Rewarding, given: TransactionJournalInput): StoredJournal {
  const [fields] = new JournalResolver(writing, program, loyalty.members).resolve([given]);
  const values = { ...fields, Status: 'Processed' };
  const id = writing.store.insert('TransactionJournal', values, { userId: writing.userId });
  const [journal] = loyalty.journals.read([id]);
  if (!journal) throw new Error(`The journal ${id} is not there after it was inserted`);
  return journal;
}
