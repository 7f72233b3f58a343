import { z } from 'zod';
import { decimalOf } from '../../base/decimal.js';
import { shortId } from '../../base/sameId.js';
import { inLists, ledgerSum, LoyaltyApiError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';

const LedgerRow = z.object({
  Points: z.number().nullable(),
  EventType: z.string().nullable(),
  TransactionJournalId: z.string().nullable(),
  LoyaltyProgramCurrencyId: z.string().nullable(),
});

/** According to the ledger; debits are negative. Empty if the ledger has none, or this user cannot read it. */
interface MovedByLedger {
  /** Of each journal in each currency: a debit can have a row for each credit that it uses. */
  readonly sums: readonly number[];
  readonly rows: readonly number[];
}

/** Decimal places of LoyaltyLedger.Points: the org rounds to them. */
const places = 2;

/** A credit can have rows of promotions beside it. */
export function isMoved({ sums, rows }: MovedByLedger, points: number): boolean {
  const wanted = decimalOf(points).toDecimalPlaces(places);
  const isWanted = (each: number): boolean => decimalOf(each).toDecimalPlaces(places).equals(wanted);
  return sums.some(isWanted) || (points > 0 && rows.some(isWanted));
}

/** Returns what each of these journals has moved, by the short form of the journal's Id. Empty if this user cannot read the ledger. */
export async function movedByLedger(
  client: LoyaltyClient,
  journalIds: readonly string[],
): Promise<ReadonlyMap<string, MovedByLedger>> {
  const queries = inLists(journalIds).map(
    (ids) =>
      'SELECT Points, EventType, TransactionJournalId, LoyaltyProgramCurrencyId FROM LoyaltyLedger ' +
      `WHERE EventType IN ('Credit', 'Debit') AND Points != NULL AND TransactionJournalId IN ${ids}`,
  );
  try {
    const rows = await client.query.rowsOfAll(queries, LedgerRow);
    return new Map(
      [...Map.groupBy(rows, ({ TransactionJournalId }) => shortId(TransactionJournalId ?? ''))].map(movedBy),
    );
  } catch (error) {
    if (error instanceof LoyaltyApiError && [400, 403].includes(error.status)) return new Map();
    throw error;
  }
}

function movedBy([journal, rows]: [string, z.infer<typeof LedgerRow>[]]): [string, MovedByLedger] {
  const byCurrency = Map.groupBy(rows, (row) => row.LoyaltyProgramCurrencyId);
  const sums = [...byCurrency.values()].map((own) => ledgerSum(own).toNumber());
  return [journal, { sums, rows: rows.map((row) => ledgerSum([row]).toNumber()) }];
}
