/**
 * Values that the org computes. SQLite computes them, so that no writer can forget to.
 *
 * A field of one row of its own is a generated column; a copy from a parent is kept by triggers.
 */

const zero = (column: string): string => `coalesce("${column}", 0)`;

/**
 * `Object.Field` → SQL expression over the same row, rounded to the field's scale because binary sums drift.
 *
 * The balance is what a real profile satisfies: accrued − redeemed − expired (59891.5 − 4500 = 55391.5). How escrow
 * enters it is not published: escrowed points are kept out of it until they roll over.
 */
const generated = new Map<string, string>([
  [
    'LoyaltyMemberCurrency.PointsBalance',
    `round(${zero('TotalPointsAccrued')} - ${zero('TotalPointsRedeemed')} - ${zero('TotalPointsExpired')}, 2)`,
  ],
  [
    'LoyaltyMemberCurrency.EscrowPointsBalance',
    `round(${zero('TotalEscrowPointsAccrued')} - ${zero('TotalEscrowRolloverPoints')}, 2)`,
  ],
  // 0 to 100 and beyond: a row seen in an org had target 5, completed 2, percent 40.
  [
    'LoyaltyProgramMbrPromotion.CumulativeUsageCompletePercent',
    `CASE WHEN "CumulativeUsageTarget" > 0
       THEN round(${zero('CumulativeUsageCompleted')} * 100.0 / "CumulativeUsageTarget", 2) END`,
  ],
]);

export function generatedExpression(objectName: string, fieldName: string): string | undefined {
  return generated.get(`${objectName}.${fieldName}`);
}

/** `CumulativeUsageTarget` of a member's promotion is a read-only copy of the promotion's, followed when it changes. */
export const derivingTriggers = [
  {
    objects: ['LoyaltyProgramMbrPromotion', 'Promotion'],
    name: 'target_of_new_member_promotion',
    sql: `AFTER INSERT ON "LoyaltyProgramMbrPromotion" WHEN new."PromotionId" IS NOT NULL BEGIN
      UPDATE "LoyaltyProgramMbrPromotion" SET "CumulativeUsageTarget" =
        (SELECT "CumulativeUsageTarget" FROM "Promotion" WHERE "Id" = new."PromotionId") WHERE "Id" = new."Id";
    END`,
  },
  {
    objects: ['LoyaltyProgramMbrPromotion', 'Promotion'],
    name: 'target_of_member_promotions',
    sql: `AFTER UPDATE OF "CumulativeUsageTarget" ON "Promotion" BEGIN
      UPDATE "LoyaltyProgramMbrPromotion" SET "CumulativeUsageTarget" = new."CumulativeUsageTarget"
        WHERE "PromotionId" = new."Id";
    END`,
  },
] as const;
