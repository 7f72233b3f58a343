import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ProgramFacts } from '../programFacts.js';
import type { ReportPeriod } from '../reportPeriod.js';

/** What became of the vouchers of one definition. */
export interface VoucherUse {
  readonly definition: string;
  /** Vouchers that became valid within the period, and what has become of them up to now. */
  readonly issued: number;
  readonly used: number;
  readonly expired: number;
  readonly canceled: number;
}

export function voucherUse(
  db: DatabaseSync,
  { voucherDefinitions }: ProgramFacts,
  { from, to }: ReportPeriod,
): VoucherUse[] {
  const rows = typedRows<Omit<VoucherUse, 'definition'> & { definitionId: string }>(db.prepare(useSql), from, to);
  const byId = new Map(rows.map(({ definitionId, ...use }) => [definitionId, use]));
  return voucherDefinitions.map(({ Id, Name }) => ({
    definition: Name,
    ...(byId.get(Id) ?? { issued: 0, used: 0, expired: 0, canceled: 0 }),
  }));
}

const useSql = `
  SELECT definitionId, count(*) AS issued, sum(status = 'Redeemed') AS used,
    sum(status = 'Expired') AS expired, sum(status = 'Cancelled') AS canceled
  FROM voucher WHERE issued BETWEEN ? AND ? GROUP BY definitionId`;
