import type { FeatureValue } from '../../src/insight/index.js';

type Features = Readonly<Record<string, FeatureValue>>;

/** The Ids of the members of each built-in segment, by its name, from the features of all members. */
export function independentSegments(members: ReadonlyMap<string, Features>): Record<string, string[]> {
  const of = (isIn: (number: (name: string) => number) => boolean): string[] =>
    [...members].filter(([, features]) => isIn((name) => Number(features[name] ?? Number.NaN))).map(([id]) => id);
  const least = (name: string, share: number): number => {
    const values = [...members.values()].map((features) => Number(features[name])).filter((value) => value > 0);
    return values.sort((a, b) => b - a)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
  };
  const [spend10, spend20, purchases20] = [least('spend365', 0.1), least('spend365', 0.2), least('purchases365', 0.2)];
  return {
    new: of((number) => number('daysSinceEnrollment') <= 30),
    champions: of(
      (number) =>
        number('daysSincePurchase') <= 30 && number('purchases365') >= purchases20 && number('spend365') >= spend20,
    ),
    'big-spenders': of((number) => number('spend365') >= spend10),
    'one-time-buyers': of((number) => number('purchases') === 1),
    'about-to-lapse': of((number) => number('daysSincePurchase') >= 60 && number('daysSincePurchase') <= 120),
    lapsed: of((number) => number('daysSincePurchase') > 120),
    'never-redeemed': of(
      (number) => number('pointsEarned') > 0 && number('redemptions') === 0 && number('vouchersUsed') === 0,
    ),
    'near-next-tier': of((number) => number('tierPercent') >= 80 && number('tierPercent') < 100),
    'near-reward': of((number) => number('promotionPercent') >= 80),
    'points-expiring': of((number) => number('pointsExpiring30') > 0),
  };
}
