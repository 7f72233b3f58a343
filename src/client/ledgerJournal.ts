import type { LedgerRow, LedgerSummary } from '../contract/endpoints/transactionEndpoints.js';
import { numberOrNull } from './numberOrNull.js';

/** Points that a journal moved in one currency. */
export interface LedgerPoints {
  readonly currency: string | null;
  /** Signed. */
  readonly points: number;
}

/** A journal with the points that it moved, as the ledger summary has it. */
export interface LedgerJournal {
  readonly id: string;
  /** Eight digits. */
  readonly number: string | null;
  readonly activityDate: string | null;
  readonly type: string | null;
  readonly subtype: string | null;
  readonly externalTransactionNumber: string | null;
  readonly amount: number | null;
  readonly product: string | null;
  readonly productCategory: string | null;
  readonly points: readonly LedgerPoints[];
  /** The further fields that were asked for, by their API names. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Returns the journals of a page in one shape: the guide, its sample and Salesforce's SDKs differ in where the external
 * number stands, in the key of further fields, and in whether numbers are numbers or texts.
 */
export function ledgerJournals({ transactionJournals, externalTransactionNumber }: LedgerSummary): LedgerJournal[] {
  const rows = transactionJournals ?? [];
  // Beside several journals it does not say whose it is.
  const number = rows.length === 1 ? externalTransactionNumber : null;
  return rows.map((row) => ledgerJournal(row, number));
}

function ledgerJournal(row: LedgerRow, numberOutside: string | null | undefined): LedgerJournal {
  const attributes = row.additionalTransactionJournalAttributes ?? row.additionalAttributes ?? [];
  const changes = row.pointsChange ?? [];
  return {
    id: row.transactionJournalId,
    number: row.transactionJournalNumber ?? null,
    activityDate: row.activityDate ?? null,
    type: row.journalTypeName ?? null,
    subtype: row.journalSubTypeName ?? null,
    externalTransactionNumber: row.externalTransactionNumber ?? numberOutside ?? null,
    amount: numberOrNull(row.transactionAmount),
    product: row.productName ?? null,
    productCategory: row.productCategoryName ?? null,
    points: changes.map(({ changeInPoints, loyaltyMemberCurrency }) => ({
      currency: loyaltyMemberCurrency ?? null,
      points: Number(changeInPoints),
    })),
    fields: Object.fromEntries(attributes.map(({ fieldName, value }) => [fieldName, valueOf(value)])),
  };
}

/** The guide's sample has the text `null` for a field without a value. */
function valueOf(value: unknown): unknown {
  return value === 'null' || value === undefined ? null : value;
}
