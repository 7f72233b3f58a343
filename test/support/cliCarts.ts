import type { Emulator } from '../../src/emulator/index.js';
import { harbourRewards } from '../../src/program/index.js';

const details = {
  cartHeaderId__std: 'cart-1',
  membershipNumber: 'HR-100001',
  currencyISOCode: 'EUR',
  transactionAmount: 5,
};

/** The text of a file with a cart of the first member. */
export const cartFile = JSON.stringify({ cartDetails: [details] });

/** The text of a file with an order of the first member. */
export const orderFile = JSON.stringify({
  transactionJournalList: [
    { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' },
  ],
});

/**
 * Adds two promotions for every cart: an automatic one of 50 Stars and a voucher "Five off a cake", whose Id is
 * returned, and one of 20 Stars for the coupon `SPRING`.
 */
export function addCartPromotions({ store }: Emulator): string {
  const LoyaltyProgramId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const LoyaltyProgramCurrencyId = store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id;
  const shared = { LoyaltyProgramId, LoyaltyProgramCurrencyId, IsActive: true, StartDate: '2026-01-01' };
  const DefaultVoucherDefinitionId = store.insert('VoucherDefinition', {
    ...{ Name: 'Five off a cake', Type: 'FixedValue', FaceValue: 5, IsActive: true, LoyaltyProgramId },
    ...{ ExpirationType: 'FixedDate', EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' },
  });
  const secret = store.insert('Promotion', { ...shared, Name: 'Spring', TotalRewardPoints: 20, PriorityNumber: 2 });
  store.insert('Coupon', { Name: 'Spring', PromotionId: secret, Status: 'Active', CouponCode: 'SPRING' });
  const rewards = { DefaultVoucherDefinitionId, TotalRewardPoints: 50, IsAutomatic: true };
  const dates = { EndDate: '2035-12-31', PriorityNumber: 1 };
  return store.insert('Promotion', { ...shared, ...dates, ...rewards, Name: 'Welcome back' });
}
