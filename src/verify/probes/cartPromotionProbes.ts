import { at, listAt, outcome } from '../probeAnswer.js';
import { compared, differs } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const resource = '/global-promotions-management/eligible-promotions';

function cartOf(membershipNumber: string) {
  return { cart: { cartDetails: [{ membershipNumber, currencyISOCode: 'USD', transactionAmount: 5 }] } };
}

/** Needs Global Promotions Management. */
export const cartPromotionProbes: readonly Probe[] = [
  {
    id: 'eligible-promotions',
    assumption: 'Eligible promotions are in a list of that name, whose rows have a promotionId.',
    needs: ['program', 'members'],
    calls: 1,
    ask: async (org: ProbedOrg) => {
      const answer = await org.ask('POST', resource, { body: cartOf(org.program.members[0]?.number ?? '') });
      if (!Array.isArray(at(answer.json, 'eligiblePromotions'))) return differs(`${outcome(answer)}: no list`);
      const ids = listAt(answer.json, 'eligiblePromotions').map((each) => typeof at(each, 'promotionId'));
      return compared([...new Set([...ids, 'string'])], ['string']);
    },
  },
  {
    id: 'eligible-promotions-of-nobody',
    assumption: 'A cart of an unknown member is refused: 400 INVALID_API_INPUT.',
    needs: ['program'],
    calls: 1,
    ask: async (org: ProbedOrg) => {
      const answer = await org.ask('POST', resource, { body: cartOf(org.unused('probe-nobody')) });
      return compared(outcome(answer), '400 INVALID_API_INPUT');
    },
  },
];
