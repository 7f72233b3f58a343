import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import type { EmulatorOptions } from '../../src/emulator/index.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';

/** A local org with the example program and some members, numbered from `HR-100001`. */
export interface Shop extends AsyncDisposable {
  readonly org: Emulator;
  readonly client: LoyaltyClient;
  readonly members: readonly string[];
}

export async function openShop(options: EmulatorOptions & { members?: number } = {}): Promise<Shop> {
  const { members: count = 3, ...rest } = options;
  const org = await Emulator.start({ settings: { allowNegativeBalance: true }, ...rest });
  const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'test', clientSecret: 'none' });
  await createProgram(client, harbourRewards);
  const members = Array.from({ length: count }, (_, index) => `HR-${100_001 + index}`);
  for (const member of members) await enroll(client, member);
  org.requests.reset();
  return { org, client, members, [Symbol.asyncDispose]: () => org.stop() };
}

async function enroll(client: LoyaltyClient, membershipNumber: string): Promise<void> {
  await client.members.enroll(harbourRewards.name, {
    enrollmentDate: '2026-01-01T00:00:00',
    membershipNumber,
    associatedContactDetails: { lastName: 'Member' },
    memberStatus: 'Active',
  });
}

/** Credits the first member points by a purchase with the number `sale-1`. */
export async function sell({ client, members }: Shop): Promise<void> {
  const journal = {
    ActivityDate: '2026-03-01T10:00:00Z',
    JournalTypeName: 'Accrual',
    MembershipNumber: members[0] ?? '',
    ExternalTransactionNumber: 'sale-1',
  };
  await client.points.credit(harbourRewards.name, { points: 5, journal });
}

/**
 * Gives the first member vouchers of the definition "Five off a cake", which can be redeemed in parts: one of 500 with
 * the code `BIG`, one of 5 with the code `SMALL`, and two of 5 with the code `TWIN`.
 */
export function addVouchers({ store }: Emulator): void {
  const program = store.first('LoyaltyProgram', { Name: harbourRewards.name });
  const member = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' });
  const dates = { EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' };
  const VoucherDefinitionId = store.insert('VoucherDefinition', {
    ...{ Name: 'Five off a cake', Type: 'FixedValue', FaceValue: 5, IsActive: true, IsPartialRedeemable: true },
    ...{ ExpirationType: 'FixedDate', LoyaltyProgramId: program?.Id, ...dates },
  });
  const values = [['BIG', 500] as const, ...['SMALL', 'TWIN', 'TWIN'].map((code) => [code, 5] as const)];
  for (const [VoucherCode, FaceValue] of values) {
    const voucher = { VoucherDefinitionId, LoyaltyProgramMemberId: member?.Id, Status: 'Issued', ...dates };
    store.insert('Voucher', { ...voucher, VoucherCode, FaceValue });
  }
}

/** Adds the coupons `SESAME` and `LAST`, which each customer can use 50 and all together once, and `OVER`. */
export function addCoupons({ store }: Emulator): void {
  const PromotionId = store.first('Promotion', {})?.Id;
  const coupon = { PromotionId, Status: 'Active', Name: 'c' };
  store.insert('Coupon', { ...coupon, CouponCode: 'SESAME', RedemptionLimitPerBuyer: 50 });
  store.insert('Coupon', { ...coupon, CouponCode: 'LAST', RedemptionLimitAllBuyers: 1 });
  store.insert('Coupon', { ...coupon, CouponCode: 'OVER', EndDateTime: '2026-01-01T00:00:00Z' });
}

/** Gives the program the club "Coffee Club", with a benefit, and the partner "Harbour Ferry". */
export function addClubAndPartner({ store }: Emulator): void {
  const LoyaltyProgramId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const group = { Name: 'Harbour Clubs', LoyaltyProgramId, IsActive: true, Category: 'Clubs' };
  const LoyaltyTierGroupId = store.insert('LoyaltyTierGroup', group);
  const LoyaltyTierId = store.insert('LoyaltyTier', { Name: 'Coffee Club', LoyaltyTierGroupId, SequenceNumber: 1 });
  const BenefitTypeId = store.insert('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
  const BenefitId = store.insert('Benefit', { Name: 'Free refill', IsActive: true, BenefitTypeId });
  store.insert('LoyaltyTierBenefit', { Name: 'Free refill', BenefitId, LoyaltyTierId });
  store.insert('LoyaltyProgramPartner', {
    ...{
      Name: 'Harbour Ferry',
      LoyaltyProgramId,
      LoyaltyPartnerId: store.insert('Account', { Name: 'Harbour Ferry' }),
    },
    ...{ BillingType: 'Postpaid', PartnerIndustry: 'Travel', PartnerType: 'Both', PartnershipStartDate: '2026-01-01' },
    IsMemberLinkingAllowed: true,
  });
}

/** Counts the requests of this kind that the org has received, such as `POST` and `/connect/realtime/`. */
export function seen(org: Emulator, method: string, part: string): number {
  return Object.entries(org.requests.toObject())
    .filter(([endpoint]) => endpoint.startsWith(`${method} `) && endpoint.includes(part))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Counts the requests that contain journals. */
export function journalRequests(org: Emulator): number {
  return seen(org, 'POST', '/connect/realtime/');
}

/** Counts the requests that change something in the org. */
export function writes(org: Emulator): number {
  return ['POST', 'PATCH', 'PUT', 'DELETE'].reduce((sum, method) => sum + seen(org, method, '/services/data/'), 0);
}
