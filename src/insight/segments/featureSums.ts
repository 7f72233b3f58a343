import { addToDay } from '../../base/dayArithmetic.js';
import { issuedPoints, redeemedPoints } from '../kpi/memberActivity.js';
import type { FeatureContext } from './featureContext.js';
import { spansOf } from './featureWindows.js';
import { featureColumn } from './memberFeatures.js';
import type { FeatureName } from './memberFeatures.js';

/** A temporary table with one row for each member, whose columns are sums over the rows of a table of the cache. */
interface SumTable {
  readonly name: string;
  /** SQL that selects the rows. They have `memberId` and `day`. */
  readonly rows: string;
  /** SQL of what a row adds to a feature. */
  readonly sums: Readonly<Partial<Record<FeatureName, string>>>;
  /** Other columns: SQL of an aggregate. */
  readonly others: Readonly<Record<string, string>>;
}

const isPurchase = "type = 'Accrual' AND amount > 0";

const sumTables: readonly SumTable[] = [
  {
    name: 'journalSum',
    rows: `SELECT * FROM journal WHERE status = 'Processed' AND type IN ('Accrual', 'Redemption')
      AND day <= :today AND memberId IS NOT NULL`,
    sums: {
      purchases: isPurchase,
      spend: "CASE WHEN type = 'Accrual' THEN amount END",
      redemptions: "type = 'Redemption'",
    },
    others: { lastActivity: 'max(day)', lastPurchase: `max(CASE WHEN ${isPurchase} THEN day END)` },
  },
  {
    name: 'ledgerSum',
    rows: `SELECT *, coalesce(journalType, '') AS kind FROM ledger
      WHERE currencyId = :currency AND day <= :today AND memberId IS NOT NULL`,
    sums: { pointsEarned: issuedPoints, pointsRedeemed: redeemedPoints },
    others: {},
  },
  {
    name: 'voucherSum',
    rows: 'SELECT *, used AS day FROM voucher WHERE memberId IS NOT NULL',
    sums: { vouchersUsed: 'used <= :today' },
    others: {
      vouchersOpen: "total(status = 'Issued' AND (expires IS NULL OR expires >= :today))",
      nextExpiry: "min(CASE WHEN status = 'Issued' AND expires >= :today THEN expires END)",
    },
  },
];

/** Sums up journals, ledger and vouchers by member. Each table is read once, however many windows there are. */
export function sumUpFeatures(context: FeatureContext): void {
  for (const table of sumTables) sumUp(table, context);
}

function sumUp({ name, rows, sums, others }: SumTable, { db, windows, today, currencyId }: FeatureContext): void {
  const spans = Object.keys(sums).flatMap((feature) => spansOf(feature as FeatureName, windows));
  const summed = spans.map((span) => {
    const value = sums[span.feature] ?? '0';
    const isWithin = span.within === undefined ? '1' : `day > '${addToDay(today, -span.within, 'Days')}'`;
    return [featureColumn(span), `CAST(total(CASE WHEN ${isWithin} THEN ${value} END) AS INTEGER)`] as const;
  });
  const columns = [...summed, ...Object.entries(others)];
  const names = columns.map(([column]) => column);
  db.exec(`
    DROP TABLE IF EXISTS temp.${name};
    CREATE TEMP TABLE ${name} (memberId TEXT PRIMARY KEY, ${names.join(', ')}) WITHOUT ROWID`);
  const sql = `INSERT INTO ${name} SELECT memberId, ${columns.map(([, value]) => value).join(', ')}
    FROM (${rows}) GROUP BY memberId`;
  const statement = db.prepare(sql);
  statement.setAllowUnknownNamedParameters(true);
  statement.run({ today, currency: currencyId });
}
