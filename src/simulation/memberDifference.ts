import { exactDifference } from './exactDifference.js';
import type { MemberState } from './memberStates.js';

/** What one member ends with under two versions of the rules. Only what differs. */
export interface MemberDifference {
  readonly points: readonly PointsDifference[];
  readonly tiers: readonly TwoValues<'group', string | null>[];
  /** Completed uses. */
  readonly progress: readonly TwoValues<'promotion', number>[];
  /** How many. */
  readonly vouchers: readonly VoucherDifference[];
  /** How many. */
  readonly badges: readonly TwoValues<'badge', number>[];
}

/** Something with a name, and its value under both versions. */
type TwoValues<Name extends string, Value> = { readonly [Key in Name]: string } & {
  readonly source: Value;
  readonly other: Value;
};

export interface PointsDifference {
  readonly currency: string;
  /** Balances. */
  readonly source: number;
  readonly other: number;
  /** Signed: what the other version gives more. */
  readonly change: number;
  /** Signed: how many points more are in escrow. */
  readonly escrow: number;
}

export type VoucherDifference = TwoValues<'definition', number> & {
  readonly status: string;
  readonly faceValue: number | null;
};

export function memberDifference(source: MemberState, other: MemberState): MemberDifference {
  return {
    points: pointsDifferences(source, other),
    tiers: differing(source.tiers, other.tiers, null).map(({ name, ...both }) => ({ group: name, ...both })),
    progress: differing(usesOf(source), usesOf(other), 0).map(({ name, ...both }) => ({ promotion: name, ...both })),
    vouchers: differing(vouchersOf(source), vouchersOf(other), 0).map(({ name, ...both }) => {
      const [definition, status, faceValue] = JSON.parse(name) as [string, string, number | null];
      return { definition, status, faceValue, ...both };
    }),
    badges: differing(badgesOf(source), badgesOf(other), 0).map(({ name, ...both }) => ({ badge: name, ...both })),
  };
}

export function isDifferent({ points, tiers, progress, vouchers, badges }: MemberDifference): boolean {
  return [points, tiers, progress, vouchers, badges].some(({ length }) => length > 0);
}

function pointsDifferences(one: MemberState, two: MemberState): PointsDifference[] {
  return [...new Set([...one.points.keys(), ...two.points.keys()])]
    .map((currency) => {
      const [source, other] = [one.points.get(currency) ?? 0, two.points.get(currency) ?? 0];
      const escrow = exactDifference(two.escrow.get(currency) ?? 0, one.escrow.get(currency) ?? 0);
      return { currency, source, other, change: exactDifference(other, source), escrow };
    })
    .filter(({ change, escrow }) => change !== 0 || escrow !== 0);
}

function differing<Value>(one: ReadonlyMap<string, Value>, two: ReadonlyMap<string, Value>, none: Value) {
  return [...new Set([...one.keys(), ...two.keys()])]
    .map((name) => ({ name, source: one.get(name) ?? none, other: two.get(name) ?? none }))
    .filter(({ source, other }) => source !== other);
}

function usesOf({ progress }: MemberState): Map<string, number> {
  return new Map([...progress].map(([promotion, { completed }]) => [promotion, completed]));
}

/** Codes do not count: the org makes them up. */
function vouchersOf({ vouchers }: MemberState): Map<string, number> {
  return counts(
    [...vouchers.values()].map(({ definition, status, faceValue }) => JSON.stringify([definition, status, faceValue])),
  );
}

function badgesOf({ badges }: MemberState): Map<string, number> {
  return counts([...badges.values()].map(({ badge }) => badge));
}

function counts(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
