import { z } from 'zod';
import { namesText } from '../../base/text/namesText.js';
import { counted } from '../../base/text/counted.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import { soqlText } from '../query/soql.js';
import { readClubGroups } from '../tiers/readClubGroups.js';
import { askOrg, good, lacking, note } from './orgFinding.js';
import type { Finding, OrgFinding } from './orgFinding.js';

const CurrencyRow = z.object({ Name: z.string(), CurrencyType: z.string().nullable(), IsPrimary: z.boolean() });
const TierRow = z.object({
  Name: z.string(),
  LoyaltyTierGroup: z.object({ Id: z.string(), Name: z.string() }),
  MinimumEligibleBalance: z.number().nullable(),
});
const PromotionRow = z.object({
  LoyaltyPromotionType: z.string().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

/** Currencies, tiers and promotions of a program. */
export async function checkProgram(client: LoyaltyClient, program: string): Promise<OrgFinding[]> {
  const found = [
    await askOrg({ key: 'currencies', program, what: 'its currencies' }, () => currencies(client, program)),
    await askOrg({ key: 'tiers', program, what: 'its tiers' }, () => tiers(client, program)),
    await askOrg({ key: 'promotions', program, what: 'its promotions' }, () => promotions(client, program)),
  ];
  return found.flat();
}

async function currencies({ query }: LoyaltyClient, program: string): Promise<Finding> {
  const soql =
    'SELECT Name, CurrencyType, IsPrimary FROM LoyaltyProgramCurrency ' +
    `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND IsActive = TRUE ORDER BY Name`;
  const rows = await query.allRows(soql, CurrencyRow);
  if (rows.length === 0) {
    return lacking('No currency is active, so that nobody can have points.', 'Create or activate a currency.');
  }
  const kinds: Readonly<Record<string, string>> = { Qualifying: 'qualifying', NonQualifying: 'non-qualifying' };
  const names = rows.map(({ Name, CurrencyType }) => {
    return { name: Name, remark: `(${kinds[CurrencyType ?? ''] ?? CurrencyType ?? 'no kind'})` };
  });
  const active = `${counted(rows.length, 'active currency', 'active currencies')}: ${namesText(names)}.`;
  const spendable = rows.filter(({ CurrencyType }) => CurrencyType === 'NonQualifying');
  const isClear = spendable.length < 2 || spendable.some(({ IsPrimary }) => IsPrimary);
  return isClear
    ? good(active)
    : note(`${active} None is primary.`, 'Mark the currency that processes use as primary.');
}

async function tiers({ query }: LoyaltyClient, program: string): Promise<Finding> {
  const clubs = await readClubGroups(query, `LoyaltyProgram.Name = ${soqlText(program)}`);
  const soql =
    'SELECT Name, LoyaltyTierGroup.Id, LoyaltyTierGroup.Name, MinimumEligibleBalance FROM LoyaltyTier ' +
    `WHERE LoyaltyTierGroup.LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyTierGroup.IsActive = TRUE ` +
    'ORDER BY LoyaltyTierGroup.Name, SequenceNumber';
  const rows = (await query.allRows(soql, TierRow)).filter((row) => !clubs.has(row.LoyaltyTierGroup.Id));
  if (rows.length === 0) return note('No active group has tiers. Members have none.');
  const groups = [...new Set(rows.map((row) => row.LoyaltyTierGroup.Name))];
  const found = `${counted(rows.length, 'tier')} in ${namesText(groups)}: ${namesText(rows.map(({ Name }) => Name))}.`;
  const without = rows.filter(({ MinimumEligibleBalance }) => MinimumEligibleBalance === null);
  if (without.length === 0) return good(found);
  const names = namesText(without.map(({ Name }) => Name));
  return note(
    `${found} Without a minimum balance: ${names}.`,
    'Enter the minimum balances, from which the distance to the next tier is computed.',
  );
}

async function promotions({ query }: LoyaltyClient, program: string): Promise<Finding> {
  const soql =
    'SELECT LoyaltyPromotionType, CumulativeUsageTarget FROM Promotion ' +
    `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND IsActive = TRUE`;
  const rows = await query.allRows(soql, PromotionRow);
  const cumulative = rows.filter(({ LoyaltyPromotionType }) => LoyaltyPromotionType === 'Cumulative');
  const found = `${counted(rows.length, 'active promotion')}, ${cumulative.length} of them cumulative.`;
  if (cumulative.length > 0) return good(found);
  return note(found, 'For progress towards a reward, create a promotion of type Cumulative with a target.');
}
