import { decimalOf } from '../../base/decimal.js';
import type { RulesDifference } from '../../simulation/index.js';
import type { DifferenceResult } from '../results/differenceResults.js';

/** @param folders those with the two versions */
export function differenceRecord(
  { members, compared, through, failures }: RulesDifference,
  folders: { readonly source: string; readonly other: string },
): DifferenceResult {
  const points = Map.groupBy(
    members.flatMap((member) => member.points),
    ({ currency }) => currency,
  );
  const vouchers = members.flatMap((member) => member.vouchers);
  const badges = members.flatMap((member) => member.badges);
  return {
    ...folders,
    compared,
    points: [...points].map(([currency, all]) => ({
      currency,
      change: sum(all.map(({ change }) => change)),
      escrow: sum(all.map(({ escrow }) => escrow)),
    })),
    vouchers: changesBy(vouchers, ({ definition }) => definition).map(([definition, change]) => ({
      definition,
      change,
    })),
    badges: changesBy(badges, ({ badge }) => badge).map(([badge, change]) => ({ badge, change })),
    through: through.map(plain),
    members: members.map((member) => ({
      member: member.member,
      points: member.points.map((each) => ({ ...each })),
      tiers: member.tiers.map((each) => ({ ...each })),
      progress: member.progress.map((each) => ({ ...each })),
      vouchers: member.vouchers.map((each) => ({ ...each })),
      badges: member.badges.map((each) => ({ ...each })),
      through: member.through.map(plain),
    })),
    failures: failures.map(({ transaction: { file, line, transaction }, failsIn, failure }) => ({
      ...{ file, line, key: transaction.key, member: transaction.member },
      ...{ failsIn, failure },
    })),
  };
}

function plain({ points, absence, ...action }: RulesDifference['through'][number]) {
  return { ...action, absence: absence && { ...absence }, points: points.map((each) => ({ ...each })) };
}

/** How many more there are with the other version, without what evens out. */
function changesBy<Counted extends { readonly source: number; readonly other: number }>(
  all: readonly Counted[],
  nameOf: (counted: Counted) => string,
): [string, number][] {
  const sums = [...Map.groupBy(all, nameOf)].map(([name, same]): [string, number] => [
    name,
    same.reduce((total, { source, other }) => total + other - source, 0),
  ]);
  return sums.filter(([, change]) => change !== 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all.plus(value), decimalOf(0)).toNumber();
}
