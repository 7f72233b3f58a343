import { at, listAt, outcome } from '../probeAnswer.js';
import { compared, differs, held } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { issuedVoucher, someone, vouchersOf } from '../probeVoucher.js';

const needs = ['program', 'members'] as const;

/** Returns the path of a member profile. @param query such as `memberId=0lM…` */
function profileOf({ program }: ProbedOrg, query: string): string {
  return `/loyalty-programs/${encodeURIComponent(program.name)}/members?${query}`;
}

export const memberProbes: readonly Probe[] = [
  {
    id: 'member-profile',
    assumption: 'The member profile has the keys of its property table, and is 404 for an unknown member.',
    needs,
    calls: 3,
    ask: async (org) => {
      const { id, number } = someone(org);
      const numbered = await org.ask('GET', profileOf(org, `membershipNumber=${encodeURIComponent(number)}`));
      const byId = await org.ask('GET', profileOf(org, `memberId=${id}`));
      const nobody = await org.ask('GET', profileOf(org, `membershipNumber=${org.unused('probe-nobody')}`));
      const seen = [numbered, byId].map(({ json }) => at(json, 'membershipNumber'));
      if (seen.some((each) => each !== number))
        return differs(`${outcome(numbered)}, ${outcome(byId)}: no membershipNumber`);
      if (at(numbered.json, 'memberCurrencies', 0, 'pointsBalance') === undefined) return differs('no pointsBalance');
      return compared(outcome(nobody), '404 NOT_FOUND');
    },
  },
  {
    id: 'member-benefits',
    assumption: 'Member benefits are a list under memberBenefits, and an Id of another object is refused.',
    needs,
    calls: 2,
    ask: async (org) => {
      const benefitsOf = (id: string) => org.ask('GET', `/connect/loyalty/member/${id}/memberbenefits`);
      const answer = await benefitsOf(someone(org).id);
      if (!Array.isArray(at(answer.json, 'memberBenefits'))) return differs(`${outcome(answer)}: no memberBenefits`);
      return compared(outcome(await benefitsOf(org.program.id)), '400 MALFORMED_ID');
    },
  },
  {
    id: 'member-vouchers',
    assumption: 'Member vouchers have a voucherId and leave out keys without a value; an unknown member is refused.',
    needs,
    calls: 4,
    ask: async (org) => {
      const { code } = await issuedVoucher(org);
      const answer = await org.ask('GET', vouchersOf(org, someone(org).number));
      const row = listAt(answer.json, 'vouchers').find((each) => at(each, 'voucherCode') === code);
      if (row === undefined) return differs(`${outcome(answer)}: the voucher is not in it`);
      const keys = { voucherId: typeof at(row, 'voucherId'), useDate: typeof at(row, 'useDate') };
      const finding = compared(keys, { voucherId: 'string', useDate: 'undefined' });
      if (finding !== held) return finding;
      const nobody = await org.ask('GET', vouchersOf(org, org.unused('probe-nobody')));
      return compared(outcome(nobody), '400 INVALID_API_INPUT');
    },
  },
  {
    id: 'tiers-with-minimums',
    assumption: 'One query reads the tiers of a program with their minimums and the currency that their group names.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const soql =
        'SELECT Name, SequenceNumber, MinimumEligibleBalance, LoyaltyTierGroup.Id, ' +
        'LoyaltyTierGroup.TierAssessmentCurrencyId FROM LoyaltyTier ' +
        `WHERE LoyaltyTierGroup.LoyaltyProgram.Name = '${org.program.name}' AND LoyaltyTierGroup.IsActive = TRUE`;
      const answer = await org.ask('GET', `/query?q=${encodeURIComponent(soql)}`);
      if (answer.status !== 200) return differs(outcome(answer));
      const minimums = listAt(answer.json, 'records').map((each) => at(each, 'MinimumEligibleBalance'));
      return compared(
        [0, 100, 201].map((minimum) => minimums.includes(minimum)),
        [true, true, true],
      );
    },
  },
];
