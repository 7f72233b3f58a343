import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ReportPeriod } from '../reportPeriod.js';

/** The period that is reported, or the one before it. */
export type Span = 'current' | 'previous';

/**
 * Sums up, for each member and each of the two periods, what the journals and the ledger say. All measures come from
 * these temporary tables, so that the large tables are read once.
 *
 * `activity`: purchases and revenue are those of processed Accrual journals. A journal with a negative amount is a
 * return: it lowers revenue and is not a purchase. Canceled journals do not count.
 *
 * `pointsMoved`, by currency: points given back by a canceled redemption are not issued but lower what was redeemed, and
 * points moved between members are neither. `takenBack` is what returns, canceled accruals and adjustments debit.
 */
export function sumUpActivity(db: DatabaseSync, spans: Readonly<Record<Span, ReportPeriod>>): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.activity;
    DROP TABLE IF EXISTS temp.pointsMoved;
    CREATE TEMP TABLE activity (
      span TEXT, memberId TEXT, purchases INTEGER, revenue INTEGER, redemptions INTEGER, PRIMARY KEY (span, memberId)
    ) WITHOUT ROWID;
    CREATE TEMP TABLE pointsMoved (
      span TEXT, memberId TEXT, currencyId TEXT,
      issued INTEGER, redeemed INTEGER, expired INTEGER, takenBack INTEGER,
      PRIMARY KEY (span, memberId, currencyId)
    ) WITHOUT ROWID;
  `);
  for (const [span, { from, to }] of Object.entries(spans)) {
    db.prepare(activityOfSpan).run(span, from, to);
    db.prepare(pointsOfSpan).run(span, from, to);
  }
}

const activityOfSpan = `
  INSERT INTO activity
  SELECT ?, memberId,
    total(type = 'Accrual' AND amount > 0),
    total(CASE WHEN type = 'Accrual' THEN amount END),
    total(type = 'Redemption')
  FROM journal
  WHERE day BETWEEN ? AND ? AND status = 'Processed' AND memberId IS NOT NULL AND type IN ('Accrual', 'Redemption')
  GROUP BY memberId`;

/** SQL of the points that a row of the ledger issues, with the type of its journal as `kind`. */
export const issuedPoints =
  "CASE WHEN eventType = 'Credit' AND kind NOT IN ('Redemption', 'Redemption Reversal', 'Points Transfer') THEN points END";

/** SQL of the points that a row of the ledger redeems. */
export const redeemedPoints = `CASE WHEN eventType = 'Debit' AND kind = 'Redemption' THEN points
               WHEN eventType = 'Credit' AND kind IN ('Redemption', 'Redemption Reversal') THEN -points END`;

/** Sums of points by how they moved. `kind` is the type of the journal, or empty. */
export const pointsMovedColumns = `
    total(${issuedPoints}) AS issued,
    total(${redeemedPoints}) AS redeemed,
    total(CASE WHEN eventType = 'Expiry' THEN points END) AS expired,
    total(CASE WHEN eventType = 'Debit' AND kind NOT IN ('Redemption', 'Points Transfer') THEN points END) AS takenBack`;

const pointsOfSpan = `
  INSERT INTO pointsMoved
  SELECT ?, memberId, currencyId, ${pointsMovedColumns}
  FROM (SELECT *, coalesce(journalType, '') AS kind FROM ledger
        WHERE day BETWEEN ? AND ? AND memberId IS NOT NULL AND currencyId IS NOT NULL)
  GROUP BY memberId, currencyId`;
