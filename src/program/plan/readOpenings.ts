import { z } from 'zod';
import { inLists } from '../../client/index.js';
import type { ProgramClient } from '../programClient.js';
import type { OpeningBalance } from './openingBalance.js';

/** The journal of an opening balance. */
export interface OpeningJournal {
  readonly id: string;
  /** Whether the ledger has a row of it. */
  readonly isCredited: boolean;
  /** Milliseconds since the epoch. */
  readonly touched: number;
}

const JournalRow = z.object({ Id: z.string(), ExternalTransactionNumber: z.string(), LastModifiedDate: z.string() });
const LedgerRow = z.object({ TransactionJournalId: z.string() });

/** Reads the journals of opening balances by their keys, and whether each has moved points. */
export async function readOpenings(
  { query }: Pick<ProgramClient, 'query'>,
  balances: readonly Pick<OpeningBalance, 'key'>[],
): Promise<ReadonlyMap<string, OpeningJournal>> {
  const journals: z.infer<typeof JournalRow>[] = [];
  const credited = new Set<string>();
  for (const list of inLists(balances.map(({ key }) => key))) {
    const fields = Object.keys(JournalRow.shape).join(', ');
    // The newest comes first, so that the oldest of several stays in the map.
    const soql = `SELECT ${fields} FROM TransactionJournal WHERE ExternalTransactionNumber IN ${list} ORDER BY CreatedDate DESC, Id DESC`;
    journals.push(...(await query.allRows(soql, JournalRow)));
  }
  for (const list of inLists(journals.map(({ Id }) => Id))) {
    const soql = `SELECT TransactionJournalId FROM LoyaltyLedger WHERE TransactionJournalId IN ${list}`;
    for (const row of await query.allRows(soql, LedgerRow)) credited.add(row.TransactionJournalId);
  }
  return new Map(
    journals.map(({ Id, ExternalTransactionNumber: key, LastModifiedDate }) => {
      const touched = Date.parse(LastModifiedDate.replace(/\+0000$/, 'Z'));
      return [key, { id: Id, isCredited: credited.has(Id), touched }];
    }),
  );
}
