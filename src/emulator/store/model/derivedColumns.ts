/**
 * Values that the org computes. SQLite computes them, so no code that writes rows can forget them.
 *
 * A value computed from its own row is a generated column. A value that callers may also write, or that comes from
 * another row, is set by triggers.
 */

const fullName = `trim(coalesce("FirstName", '') || ' ' || coalesce("LastName", ''))`;

const zero = (column: string): string => `coalesce("${column}", 0)`;

/**
 * `Object.Field` → SQL expression over the same row, rounded to the field's scale because binary sums drift.
 *
 * The balance is accrued − redeemed − expired, which holds for a real profile (59891.5 − 4500 = 55391.5). How escrow
 * affects it is not published. Here escrowed points do not count until they roll over.
 */
const generated = new Map<string, string>([
  ['Contact.Name', fullName],
  ['User.Name', fullName],
  [
    'LoyaltyMemberCurrency.PointsBalance',
    `round(${zero('TotalPointsAccrued')} - ${zero('TotalPointsRedeemed')} - ${zero('TotalPointsExpired')}, 2)`,
  ],
  [
    'LoyaltyMemberCurrency.EscrowPointsBalance',
    `round(${zero('TotalEscrowPointsAccrued')} - ${zero('TotalEscrowRolloverPoints')}, 2)`,
  ],
  // A percentage that may exceed 100: a row in an org had target 5, completed 2, percent 40.
  [
    'LoyaltyProgramMbrPromotion.CumulativeUsageCompletePercent',
    `CASE WHEN "CumulativeUsageTarget" > 0
       THEN round(${zero('CumulativeUsageCompleted')} * 100.0 / "CumulativeUsageTarget", 2) END`,
  ],
]);

export function generatedExpression(objectName: string, fieldName: string): string | undefined {
  return generated.get(`${objectName}.${fieldName}`);
}

const namePerson = `BEGIN
      UPDATE "Account" SET "Name" = ${fullName}, "IsPersonAccount" = 1 WHERE "Id" = new."Id";
    END`;

/**
 * `CumulativeUsageTarget` of a member's promotion is a read-only copy of the promotion's, followed when it changes.
 * An account that is inserted with a LastName is a person account, which has no Name of its own.
 */
export const derivingTriggers = [
  {
    objects: ['Account'],
    name: 'name_of_new_person',
    sql: `AFTER INSERT ON "Account" WHEN new."LastName" IS NOT NULL ${namePerson}`,
  },
  {
    objects: ['Account'],
    name: 'name_of_person',
    sql: `AFTER UPDATE OF "FirstName", "LastName" ON "Account" WHEN old."IsPersonAccount" = 1 ${namePerson}`,
  },
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
