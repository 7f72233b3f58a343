import { exactDifference } from './exactDifference.js';
import { emptyState } from './memberStates.js';
import type { BadgeState, MemberState, VoucherState } from './memberStates.js';

/** What a member had before and after. Only what has changed. */
export interface MemberChange {
  /** Membership number. */
  readonly member: string;
  readonly points: readonly BalanceChange[];
  readonly tiers: readonly { readonly group: string; readonly before: string | null; readonly after: string | null }[];
  readonly progress: readonly {
    readonly promotion: string;
    readonly before: number;
    readonly after: number;
    readonly target: number | null;
  }[];
  /** Vouchers that are new, or whose status is. */
  readonly vouchers: readonly VoucherState[];
  /** Badges that are new. */
  readonly badges: readonly BadgeState[];
}

export interface BalanceChange {
  readonly currency: string;
  readonly before: number;
  readonly after: number;
  /** Signed. */
  readonly change: number;
  /** Signed: the change of points in escrow. */
  readonly escrow: number;
}

/** Returns what has changed between two states of a member. */
export function memberChange(member: string, before: MemberState | undefined, after: MemberState): MemberChange {
  const old = before ?? emptyState;
  return {
    member,
    points: pointsChanges(old, after),
    tiers: [...after.tiers]
      .filter(([group, tier]) => old.tiers.get(group) !== tier)
      .map(([group, tier]) => ({ group, before: old.tiers.get(group) ?? null, after: tier })),
    progress: [...after.progress]
      .map(([promotion, { completed, target }]) => {
        return { promotion, before: old.progress.get(promotion)?.completed ?? 0, after: completed, target };
      })
      .filter((progress) => progress.before !== progress.after),
    vouchers: [...after.vouchers]
      .filter(([id, { status }]) => old.vouchers.get(id)?.status !== status)
      .map(([, voucher]) => voucher),
    badges: [...after.badges].filter(([id]) => !old.badges.has(id)).map(([, badge]) => badge),
  };
}

function pointsChanges(old: MemberState, { points, escrow }: MemberState): BalanceChange[] {
  return [...points]
    .map(([currency, after]) => {
      const before = old.points.get(currency) ?? 0;
      const escrowed = exactDifference(escrow.get(currency) ?? 0, old.escrow.get(currency) ?? 0);
      return { currency, before, after, change: exactDifference(after, before), escrow: escrowed };
    })
    .filter(({ change, escrow: escrowed }) => change !== 0 || escrowed !== 0);
}
