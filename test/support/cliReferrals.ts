import type { Emulator } from '../../src/emulator/index.js';
import { harbourRewards } from '../../src/program/index.js';

/**
 * Gives the program the referral promotion "Bring a friend", code FRIEND: a friend who signs up gets a voucher, and the
 * advocate 50 Stars for the friend's first purchase.
 *
 * @returns the Id of the promotion
 */
export function addReferralPromotion({ store }: Emulator): string {
  const LoyaltyProgramId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const DefaultVoucherDefinitionId = store.insert('VoucherDefinition', {
    ...{ Name: 'Welcome', Type: 'FixedValue', FaceValue: 5, IsActive: true, LoyaltyProgramId },
    ...{ EffectiveDate: '2026-01-01', ExpirationType: 'Period', ExpirationPeriod: 30, ExpirationPeriodUnit: 'Days' },
  });
  const LoyaltyProgramCurrencyId = store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id;
  const PromotionId = store.insert('Promotion', {
    ...{ Name: 'Bring a friend', PromotionCode: 'FRIEND', IsReferralPromotion: true, IsActive: true, LoyaltyProgramId },
    ...{ StartDate: '2026-01-01', FulfillmentAction: 'CreditPoints', TotalRewardPoints: 50 },
    ...{ LoyaltyProgramCurrencyId, DefaultVoucherDefinitionId },
  });
  const JournalTypeId = store.first('JournalType', { Name: 'Referral' })?.Id;
  const stage = (Type: string, SequenceNumber: number, subType: string, field: string): string =>
    store.insert('PromotionStage', {
      ...{ Name: Type, ApiName: Type.replaceAll(' ', '_'), Type, SequenceNumber, PromotionId },
      [field]: store.insert('JournalSubType', { Name: subType, JournalTypeId }),
    });
  stage('Friend Signs Up', 4, 'Friend Enrollment', 'ReferredPartyJournalSubTypeId');
  stage('Friend Completes First Purchase', 5, 'Friend Purchase', 'ReferrerJournalSubTypeId');
  return PromotionId;
}
