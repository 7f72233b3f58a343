import { z } from 'zod';
import { readClubGroups, readGroupLadders, soqlText } from '../client/index.js';
import type { GroupLadder, LoyaltyClient } from '../client/index.js';

const text = z.string().nullable();

const Currency = z.object({
  Id: z.string(),
  Name: z.string(),
  CurrencyType: text,
  IsPrimary: z.boolean().nullable(),
  CostperUnit: z.number().nullable(),
  ExpiryModel: text,
  ExpiryPeriodFrequency: z.number().nullable(),
  ExpiryPeriodUnit: text,
  ExtendExpiration: text,
});
const Tier = z.object({
  Id: z.string(),
  Name: z.string(),
  SequenceNumber: z.number().nullable(),
  MinimumEligibleBalance: z.number().nullish(),
  LoyaltyTierGroupId: z.string(),
  LoyaltyTierGroup: z.object({ Name: z.string() }),
});
const Promotion = z.object({
  Id: z.string(),
  Name: z.string(),
  IsActive: z.boolean().nullable(),
  LoyaltyPromotionType: text,
  StartDate: text,
  EndDate: text,
  CumulativeUsageTarget: z.number().nullable(),
});
const VoucherDefinition = z.object({ Id: z.string(), Name: z.string() });

/** What a program consists of, besides its members. Read anew for each report. */
export interface ProgramFacts {
  readonly programId: string;
  readonly currencies: readonly z.infer<typeof Currency>[];
  /** By group, then from the lowest to the highest. Clubs are not among them. */
  readonly tiers: readonly z.infer<typeof Tier>[];
  /** The active groups of tiers, with the currency that decides in each. */
  readonly ladders: readonly GroupLadder[];
  readonly promotions: readonly z.infer<typeof Promotion>[];
  readonly voucherDefinitions: readonly z.infer<typeof VoucherDefinition>[];
}

export async function readProgramFacts(client: LoyaltyClient, programId: string): Promise<ProgramFacts> {
  const { query } = client;
  const ofProgram = `LoyaltyProgramId = ${soqlText(programId)}`;
  const [currencies, tiers, clubs, ladders, promotions, voucherDefinitions] = await Promise.all([
    query.allRows(select(Currency, 'LoyaltyProgramCurrency', ofProgram, 'Name'), Currency),
    query.allRows(
      'SELECT Id, Name, SequenceNumber, MinimumEligibleBalance, LoyaltyTierGroupId, LoyaltyTierGroup.Name FROM LoyaltyTier ' +
        `WHERE LoyaltyTierGroup.${ofProgram} ORDER BY LoyaltyTierGroup.Name, SequenceNumber`,
      Tier,
    ),
    readClubGroups(query, ofProgram),
    readGroupLadders(query, { id: programId }),
    query.allRows(select(Promotion, 'Promotion', ofProgram, 'Name'), Promotion),
    query.allRows(select(VoucherDefinition, 'VoucherDefinition', ofProgram, 'Name'), VoucherDefinition),
  ]);
  return {
    ...{ programId, currencies, ladders, promotions, voucherDefinitions },
    tiers: tiers.filter(({ LoyaltyTierGroupId }) => !clubs.has(LoyaltyTierGroupId)),
  };
}

/** The spendable currency that reports are about: the primary one, or else the first. */
export function spendableCurrency({ currencies }: ProgramFacts): z.infer<typeof Currency> | undefined {
  const spendable = currencies.filter(({ CurrencyType }) => CurrencyType === 'NonQualifying');
  return spendable.find(({ IsPrimary }) => IsPrimary) ?? spendable[0];
}

function select(shape: z.ZodObject, object: string, condition: string, order: string): string {
  return `SELECT ${Object.keys(shape.shape).join(', ')} FROM ${object} WHERE ${condition} ORDER BY ${order}`;
}
