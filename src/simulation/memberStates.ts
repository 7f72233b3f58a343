import type { Emulator } from '../emulator/index.js';

type Store = Emulator['store'];
type Row = NonNullable<ReturnType<Store['first']>>;

/** What a member has, by name. */
export interface MemberState {
  /** Balances by currency. */
  readonly points: ReadonlyMap<string, number>;
  /** Points in escrow by currency. */
  readonly escrow: ReadonlyMap<string, number>;
  /** Tiers by tier group. */
  readonly tiers: ReadonlyMap<string, string>;
  /** Completed uses by promotion, with the target. */
  readonly progress: ReadonlyMap<string, { readonly completed: number; readonly target: number | null }>;
  /** By Id. */
  readonly vouchers: ReadonlyMap<string, VoucherState>;
  /** Active ones, by the Id of their assignment. */
  readonly badges: ReadonlyMap<string, BadgeState>;
}

export interface BadgeState {
  readonly badge: string;
  /** `yyyy-MM-dd` */
  readonly endDate: string | null;
}

export interface VoucherState {
  readonly definition: string;
  readonly code: string;
  readonly faceValue: number | null;
  readonly status: string;
}

export const emptyState: MemberState = {
  points: new Map(),
  escrow: new Map(),
  tiers: new Map(),
  progress: new Map(),
  vouchers: new Map(),
  badges: new Map(),
};

/** Reads what a member of a program has. */
export function memberState(store: Store, memberId: string): MemberState {
  const currencies = store.find('LoyaltyMemberCurrency', { LoyaltyMemberId: memberId });
  const nameIn = (object: string, id: unknown): string => textOf(store.get(object, String(id))?.['Name']);
  const balances = (field: string) =>
    new Map(
      currencies.map((row) => [
        nameIn('LoyaltyProgramCurrency', row['LoyaltyProgramCurrencyId']),
        numberOf(row[field]),
      ]),
    );
  return {
    points: balances('PointsBalance'),
    escrow: balances('EscrowPointsBalance'),
    tiers: new Map(
      heldTiers(store, memberId).map((row) => [
        nameIn('LoyaltyTierGroup', row['LoyaltyTierGroupId']),
        nameIn('LoyaltyTier', row['LoyaltyTierId']),
      ]),
    ),
    progress: new Map(
      store.find('LoyaltyProgramMbrPromotion', { LoyaltyProgramMemberId: memberId }).map((row) => {
        const target = row['CumulativeUsageTarget'];
        const completed = numberOf(row['CumulativeUsageCompleted']);
        return [
          nameIn('Promotion', row['PromotionId']),
          { completed, target: typeof target === 'number' ? target : null },
        ];
      }),
    ),
    vouchers: new Map(
      store.find('Voucher', { LoyaltyProgramMemberId: memberId }).map((row) => [
        row.Id,
        {
          definition: nameIn('VoucherDefinition', row['VoucherDefinitionId']),
          code: textOf(row['VoucherCode']),
          faceValue: typeof row['FaceValue'] === 'number' ? row['FaceValue'] : null,
          status: textOf(row['Status']),
        },
      ]),
    ),
    badges: new Map(
      store.find('LoyaltyProgramMemberBadge', { LoyaltyProgramMemberId: memberId, Status: 'Active' }).map((row) => {
        const badge = nameIn('LoyaltyProgramBadge', row['LoyaltyProgramBadgeId']);
        return [row.Id, { badge, endDate: textOf(row['EndDate']) || null }];
      }),
    ),
  };
}

/** The last active row of each group counts, so it comes last. */
function heldTiers(store: Store, memberId: string): Row[] {
  return store
    .find('LoyaltyMemberTier', { LoyaltyMemberId: memberId })
    .filter((row) => row['Status'] !== 'Inactive')
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

function keyOf(row: Row): string {
  return `${textOf(row['EffectiveDate'])} ${row.Id}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
