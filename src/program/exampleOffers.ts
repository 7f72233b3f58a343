import type { LoyaltyClient } from '../client/index.js';
import { soqlText } from '../client/index.js';
import { firstRecordId } from './firstRecordId.js';

/** Their names are in README and docs/emulator.md. */
const clubName = 'Coffee Club';
const partnerName = 'Harbour Ferry';
const referralCode = 'FRIEND';

type ExampleClient = Pick<LoyaltyClient, 'query' | 'sobjects'>;

/**
 * Creates a club with a benefit, a partner to link members to, and a referral promotion, none of which has anybody yet.
 * Creates nothing if the program already has the club.
 * @throws {LoyaltyApiError}
 */
export async function createOffers(client: ExampleClient, programId: string): Promise<void> {
  const existing = await firstRecordId(
    client.query,
    `LoyaltyTier WHERE Name = ${soqlText(clubName)} AND LoyaltyTierGroup.LoyaltyProgramId = ${soqlText(programId)}`,
  );
  if (existing !== null) return;
  await createClub(client, programId);
  await createPartner(client, programId);
  await createReferralPromotion(client, programId);
}

async function createClub(client: ExampleClient, LoyaltyProgramId: string): Promise<void> {
  const { sobjects } = client;
  const BenefitTypeId = await firstRecordId(client.query, `BenefitType WHERE Name = 'Hospitality'`);
  const benefit = { Name: 'Free refill', Description: 'A second cup for members of the club.', IsActive: true };
  const BenefitId = await sobjects.create('Benefit', { ...benefit, BenefitTypeId });
  const group = { Name: 'Harbour Clubs', LoyaltyProgramId, IsActive: true, Category: 'Clubs' };
  const LoyaltyTierGroupId = await sobjects.create('LoyaltyTierGroup', group);
  const tier = { Name: clubName, LoyaltyTierGroupId, SequenceNumber: 1 };
  const LoyaltyTierId = await sobjects.create('LoyaltyTier', tier);
  await sobjects.create('LoyaltyTierBenefit', { Name: benefit.Name, BenefitId, LoyaltyTierId });
}

async function createPartner({ sobjects }: ExampleClient, LoyaltyProgramId: string): Promise<void> {
  const LoyaltyPartnerId = await sobjects.create('Account', { Name: partnerName });
  await sobjects.create('LoyaltyProgramPartner', {
    ...{ Name: partnerName, LoyaltyProgramId, LoyaltyPartnerId, IsMemberLinkingAllowed: true },
    ...{ BillingType: 'Postpaid', PartnerIndustry: 'Travel', PartnerType: 'Both', PartnershipStartDate: '2026-01-01' },
  });
}

/** A friend who signs up gets a voucher, and the advocate 50 Stars for the friend's first purchase. */
async function createReferralPromotion(client: ExampleClient, programId: string): Promise<void> {
  const { sobjects } = client;
  const ofProgram = `LoyaltyProgramId = ${soqlText(programId)}`;
  const PromotionId = await sobjects.create('Promotion', {
    ...{ Name: 'Bring a friend', PromotionCode: referralCode, IsReferralPromotion: true, IsActive: true },
    ...{ Description: 'A cake for the friend, and Stars for who brings one.', LoyaltyProgramId: programId },
    ...{ StartDate: '2026-01-01', EndDate: '2035-12-31', FulfillmentAction: 'CreditPoints', TotalRewardPoints: 50 },
    LoyaltyProgramCurrencyId: await firstRecordId(
      client.query,
      `LoyaltyProgramCurrency WHERE Name = 'Stars' AND ${ofProgram}`,
    ),
    DefaultVoucherDefinitionId: await firstRecordId(
      client.query,
      `VoucherDefinition WHERE ${ofProgram} ORDER BY CreatedDate LIMIT 1`,
    ),
  });
  const JournalTypeId = await firstRecordId(client.query, `JournalType WHERE Name = 'Referral'`);
  const stages = [
    ['Friend Signs Up', 4, 'Friend Enrollment', 'ReferredPartyJournalSubTypeId'],
    ['Friend Completes First Purchase', 5, 'Friend Purchase', 'ReferrerJournalSubTypeId'],
  ] as const;
  for (const [Type, SequenceNumber, subType, field] of stages) {
    const subTypeId = await sobjects.create('JournalSubType', { Name: subType, JournalTypeId });
    const ApiName = Type.replaceAll(' ', '_');
    await sobjects.create('PromotionStage', {
      ...{ Name: Type, ApiName, Type, SequenceNumber, PromotionId, [field]: subTypeId },
    });
  }
}
