import type { SObjectRow, Store } from '../emulator/index.js';

export interface StateVoucher {
  readonly definition: string;
  readonly code: string;
  readonly status: string;
  readonly faceValue: number | null;
  readonly expirationDate: string | null;
}

/** What a member has. */
export interface CaseState {
  readonly balances: ReadonlyMap<string, number>;
  /** Names, one for each group. */
  readonly tiers: readonly string[];
  readonly progress: ReadonlyMap<string, number>;
  readonly attributes: ReadonlyMap<string, number>;
  /** In the order in which they were issued. */
  readonly vouchers: readonly StateVoucher[];
}

export function caseState(store: Store, memberId: string): CaseState {
  const ofMember = { LoyaltyProgramMemberId: memberId };
  const nameOf = (object: string, id: unknown): string => String(store.get(object, String(id))?.['Name']);
  const currencies = store.find('LoyaltyMemberCurrency', { LoyaltyMemberId: memberId });
  const tiers = store.find('LoyaltyMemberTier', { LoyaltyMemberId: memberId });
  const promotions = store.find('LoyaltyProgramMbrPromotion', ofMember);
  const attributes = store.find('LoyaltyPgmMbrAttributeVal', ofMember);
  return {
    balances: new Map(
      currencies.map((row) => [
        nameOf('LoyaltyProgramCurrency', row['LoyaltyProgramCurrencyId']),
        Number(row['PointsBalance']),
      ]),
    ),
    tiers: tiers
      .filter((row) => row['Status'] !== 'Inactive')
      .map((row) => nameOf('LoyaltyTier', row['LoyaltyTierId'])),
    progress: new Map(
      promotions.map((row) => [nameOf('Promotion', row['PromotionId']), Number(row['CumulativeUsageCompleted'] ?? 0)]),
    ),
    attributes: new Map(
      attributes.map((row) => [
        nameOf('LoyaltyPgmEngmtAttribute', row['LoyaltyPgmEngmtAttributeId']),
        Number(row['CurrentValue']),
      ]),
    ),
    vouchers: store.find('Voucher', ofMember).map((row) => voucherOf(row, nameOf)),
  };
}

function voucherOf(row: SObjectRow, nameOf: (object: string, id: unknown) => string): StateVoucher {
  const { FaceValue, ExpirationDate } = row;
  return {
    definition: nameOf('VoucherDefinition', row['VoucherDefinitionId']),
    code: String(row['VoucherCode']),
    status: String(row['Status']),
    faceValue: typeof FaceValue === 'number' ? FaceValue : null,
    expirationDate: typeof ExpirationDate === 'string' ? ExpirationDate : null,
  };
}
